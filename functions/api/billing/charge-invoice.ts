import { isOpen } from "../../../domain/billing/invoice.ts";
import { loadBooks } from "../../../domain/payments/ledger.store.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { operation } from "../../kit/operation.ts";
import { orRefuse, Refused } from "../../kit/refused.ts";
import { planCharge, requireMethod } from "../payments/charge-method.ts";
import { paymentView } from "../payments/view.ts";
import { customerOf } from "./issue-invoice.ts";
import { requireDocument } from "./required.ts";
import { billingRoutes } from "./routes.ts";

/** Charges a saved method without its owner; the payment is Pending until Stripe's webhook. */
export const chargeInvoice = operation(billingRoutes.chargeInvoice, async (call) => {
  const document = await requireDocument(call);
  const { paymentMethod = null } = call.body();
  const { invoice } = document;
  const [agency, customer] = await Promise.all([call.agency(), customerOf(call, document)]);
  call.requireVersion(invoice);
  if (!isOpen(invoice)) {
    throw new Refused(refuse("invoice.not-open", `The invoice is ${invoice.status}.`));
  }
  const method = await requireMethod(call.deps, { agency, customer }, paymentMethod);
  const books = await loadBooks(call.tenant, { customer: invoice.customer });
  const { payment, writes } = orRefuse(
    planCharge(
      call.tenant,
      {
        request: {
          id: newId("payment", Date.parse(call.now), call.deps.random(10)),
          customer: invoice.customer,
          account: agency.stripe?.account ?? "",
          invoices: [invoice],
          amount: null,
          currency: invoice.currency,
          purpose: "charge",
          method,
          notes: null,
          prepayment: null,
        },
        books: { ...books, invoices: [invoice] },
      },
      call.ledgerContext(agency),
    ),
  );
  return { status: 202, body: paymentView(payment, []), writes };
});
