import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import { refundPayment as refund } from "../../../domain/payments/refund.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { minorUnits } from "../../kit/fields.ts";
import { operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { changedPayment, requireApplications, requirePayment } from "./required.ts";
import { paymentsRoutes } from "./routes.ts";
import { paymentView } from "./view.ts";

export const refundPayment = operation(paymentsRoutes.refundPayment, async (call) => {
  const payment = await requirePayment(call);
  const body = call.body();
  const agency = await call.agency();
  const amount = minorUnits(body.amount, payment.currency, "#/amount");
  const applications = await requireApplications(call, payment, body.unapply ?? []);
  call.requireVersion(payment);
  const books = await loadBooks(call.tenant, {
    customer: payment.customer,
    invoices: [
      ...applications.map(({ invoice }) => invoice),
      ...(payment.retainer ? [payment.retainer] : []),
    ],
  });
  const id = newId("refund", Date.parse(call.now), call.deps.random(10));
  const { changes } = orRefuse(
    refund(
      { ...books, payments: [payment] },
      { id, payment, amount, reason: body.reason ?? null, unapply: applications },
      call.ledgerContext(agency),
    ),
  );
  const made = paymentView(changedPayment(changes, payment), []).refunds.find(
    (one) => one.id === id,
  );
  return { status: 201, body: made, writes: saveLedger(call.tenant, changes) };
});
