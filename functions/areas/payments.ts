import { applyPayment } from "../api/payments/apply-payment.ts";
import { createPayment } from "../api/payments/create-payment.ts";
import { getPayment } from "../api/payments/get-payment.ts";
import { listPayments } from "../api/payments/list-payments.ts";
import { patchPayment } from "../api/payments/patch-payment.ts";
import { refundPayment } from "../api/payments/refund-payment.ts";
import { sendReceipt } from "../api/payments/send-receipt.ts";
import { unapplyPayment } from "../api/payments/unapply-payment.ts";
import { voidPayment } from "../api/payments/void-payment.ts";
import { buildArea } from "../kit/area.ts";

export const build = buildArea({
  area: "payments",
  operations: [
    createPayment,
    listPayments,
    getPayment,
    patchPayment,
    applyPayment,
    unapplyPayment,
    refundPayment,
    voidPayment,
    sendReceipt,
  ],
});
