import { operationOutside } from "../../kit/execute-outside.ts";
import { minorUnits } from "../../kit/fields.ts";
import { checkoutSteps } from "../payments/checkout-session.ts";
import { requireDocument } from "./required.ts";
import { billingRoutes } from "./routes.ts";

/** Stripe's page for an agency's own site; what is asked for there never exceeds the balance. */
export const checkoutInvoice = operationOutside(
  billingRoutes.checkoutInvoice,
  checkoutSteps(async (call) => {
    const { invoice } = await requireDocument(call);
    const { amount, save = false, successUrl, cancelUrl } = call.body();
    call.requireVersion(invoice);
    const { customer, currency } = invoice;
    return {
      ...{ customer, currency, save },
      invoices: [invoice],
      amount: amount === undefined ? null : minorUnits(amount, currency, "#/amount"),
      purpose: "checkout",
      mayOverpay: false,
      returns: { success: successUrl, cancel: cancelUrl },
      notes: null,
      prepayment: null,
    };
  }),
);
