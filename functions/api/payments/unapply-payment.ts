import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import { unapplyPayment as unapply } from "../../../domain/payments/undo.ts";
import { operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import {
  changedPayment,
  knownApplications,
  paymentReply,
  requireApplications,
  requirePayment,
} from "./required.ts";
import { paymentsRoutes } from "./routes.ts";

export const unapplyPayment = operation(paymentsRoutes.unapplyPayment, async (call) => {
  const payment = await requirePayment(call);
  const body = call.body();
  const agency = await call.agency();
  const applications = await requireApplications(call, payment, body.applications);
  const known = knownApplications(call, payment);
  call.requireVersion(payment);
  const books = await loadBooks(call.tenant, {
    customer: payment.customer,
    invoices: [
      ...applications.map(({ invoice }) => invoice),
      ...(payment.retainer ? [payment.retainer] : []),
    ],
  });
  const { changes } = orRefuse(
    unapply(
      { ...books, payments: [payment] },
      { payment, applications },
      call.ledgerContext(agency),
    ),
  );
  return {
    ...(await paymentReply(call, changedPayment(changes, payment), { ...changes, known })),
    writes: saveLedger(call.tenant, changes),
  };
});
