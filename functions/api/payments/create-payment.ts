import { saveLedger } from "../../../domain/payments/ledger.store.ts";
import { receivePayment } from "../../../domain/payments/receive.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { minorUnitsOf, throwProblems } from "../../kit/fields.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { requirePayer } from "../billing/party.ts";
import { requireInvoices } from "../billing/required.ts";
import { receivedAtOf } from "./received-at.ts";
import { paymentsRoutes } from "./routes.ts";
import { paymentView } from "./view.ts";

export const createPayment = operation(paymentsRoutes.createPayment, async (call) => {
  const body = call.body();
  const agency = await call.agency();
  const minor = minorUnitsOf(body.currency);
  const amount = minor(body.amount, "#/amount");
  const lines = (body.applications ?? []).map((line, index) => ({
    invoice: line.invoice as `inv_${string}`,
    amount:
      line.amount === undefined ? undefined : minor(line.amount, `#/applications/${index}/amount`),
  }));
  throwProblems(minor);
  const receivedAt = receivedAtOf(body.paidAt, call.now, agency.settings.timeZone);
  const { customer, account } = await requirePayer(call as unknown as Call, body.customer);
  const invoices = await requireInvoices(
    call,
    lines.map(({ invoice }) => invoice),
  );
  const { changes } = orRefuse(
    receivePayment(
      { account, invoices, payments: [], credits: [] },
      {
        id: newId("payment", Date.parse(call.now), call.deps.random(10)),
        customer: customer.id,
        amount,
        currency: body.currency,
        method: body.method,
        source: "manual",
        receivedAt,
        reference: body.reference ?? null,
        notes: body.notes ?? null,
        stripe: null,
        for: lines,
        notify: body.sendNotification ?? false,
      },
      call.ledgerContext(agency),
    ),
  );
  const [payment] = changes.payments;
  if (!payment) throw new Error("a received payment is always a change");
  return {
    status: 201,
    body: paymentView(payment, changes.applied),
    writes: saveLedger(call.tenant, changes),
  };
});
