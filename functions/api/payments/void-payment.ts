import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import { voidPayment as voidIt } from "../../../domain/payments/refund.ts";
import { operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { changedPayment, knownApplications, paymentReply, requirePayment } from "./required.ts";
import { paymentsRoutes } from "./routes.ts";

export const voidPayment = operation(paymentsRoutes.voidPayment, async (call) => {
  const payment = await requirePayment(call);
  const { reason = null } = call.body();
  const agency = await call.agency();
  const known = knownApplications(call, payment);
  call.requireVersion(payment);
  const books = await loadBooks(call.tenant, {
    customer: payment.customer,
    invoices: payment.retainer ? [payment.retainer] : [],
  });
  const { changes } = orRefuse(
    voidIt({ ...books, payments: [payment] }, { payment, reason }, call.ledgerContext(agency)),
  );
  return {
    ...(await paymentReply(call, changedPayment(changes, payment), { ...changes, known })),
    writes: saveLedger(call.tenant, changes),
  };
});
