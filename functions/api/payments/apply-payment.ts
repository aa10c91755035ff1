import { applyMoney } from "../../../domain/payments/apply.ts";
import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import { minorUnitsOf, throwProblems } from "../../kit/fields.ts";
import { operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { withNamedInvoices } from "./named-invoices.ts";
import { changedPayment, knownApplications, paymentReply, requirePayment } from "./required.ts";
import { paymentsRoutes } from "./routes.ts";

export const applyPayment = operation(paymentsRoutes.applyPayment, async (call) => {
  const payment = await requirePayment(call);
  const body = call.body();
  const agency = await call.agency();
  const minor = minorUnitsOf(payment.currency);
  const lines = body.invoices.map(({ invoice, amount }, index) => ({
    payment: payment.id,
    invoice: invoice as `inv_${string}`,
    amount: amount === undefined ? undefined : minor(amount, `#/invoices/${index}/amount`),
  }));
  throwProblems(minor);
  const ids = lines.map(({ invoice }) => invoice);
  const wanted = { customer: payment.customer, invoices: [...ids, ...retainerOf(payment)] };
  const known = knownApplications(call, payment);
  const books = withNamedInvoices(await loadBooks(call.tenant, wanted), ids);
  call.requireVersion(payment);
  const { changes } = orRefuse(
    applyMoney(
      { ...books, payments: [payment] },
      { lines, subject: payment.id },
      call.ledgerContext(agency),
    ),
  );
  return {
    ...(await paymentReply(call, changedPayment(changes, payment), { ...changes, known })),
    writes: saveLedger(call.tenant, changes),
  };
});

const retainerOf = ({ retainer }: { readonly retainer: string | null }) =>
  retainer ? [retainer] : [];
