import { savePayment } from "../../../domain/payments/payment.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { paymentReply, requirePayment } from "./required.ts";
import { paymentsRoutes } from "./routes.ts";

/** Notes and reference only: the money of a payment is never edited. */
export const patchPayment = operation(paymentsRoutes.patchPayment, async (call) => {
  const payment = await requirePayment(call);
  const body = call.body();
  call.requireVersion(payment);
  const next = {
    ...payment,
    notes: body.notes === undefined ? payment.notes : body.notes,
    reference: body.reference === undefined ? payment.reference : body.reference,
    updatedAt: call.now,
    version: payment.version + 1,
  };
  const { id: subject, customer } = payment;
  return {
    ...(await paymentReply(call, next)),
    writes: [
      savePayment(call.tenant, next),
      eventOf(call, { type: "payment.updated", subject, customer }),
    ],
  };
});
