import type { Agency } from "../../../domain/agencies/agency.ts";
import { loadIntent, saveIntent } from "../../../domain/payments/intent.store.ts";
import { changedIntent, type Intent } from "../../../domain/payments/intent.ts";
import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import type { Payment } from "../../../domain/payments/payment.ts";
import { giveUpPayment } from "../../../domain/payments/pending.ts";
import { voidPayment as voidIt } from "../../../domain/payments/refund.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { changedPayment, knownApplications, paymentReply, requirePayment } from "./required.ts";
import { paymentsRoutes } from "./routes.ts";

export const voidPayment = operation(paymentsRoutes.voidPayment, async (anyCall) => {
  const call = anyCall as unknown as Call;
  const payment = await requirePayment(call);
  const { reason = null } = anyCall.body();
  const agency = await call.agency();
  const known = knownApplications(call, payment);
  call.requireVersion(payment);
  const intent = await strandedIntent(call, agency, payment);
  const command = { agency, payment, reason };
  const changes = intent ? await giveUp(call, command, intent) : await undo(call, command);
  const over = intent && changedIntent(intent, { status: "failed" }, call.now);
  return {
    ...(await paymentReply(call, changedPayment(changes, payment), { ...changes, known })),
    writes: [...(over ? [saveIntent(call.tenant, over)] : []), ...saveLedger(call.tenant, changes)],
  };
});

/** Its account was taken from the agency while it was on its way: no webhook will tell how it ends. */
async function strandedIntent(
  { tenant }: Pick<Call, "tenant">,
  { stripe }: Agency,
  { id, status }: Payment,
): Promise<Intent | undefined> {
  const intent = status === "Pending" ? await loadIntent(tenant, id) : undefined;
  return intent && intent.account !== stripe?.account ? intent : undefined;
}

interface Command {
  readonly agency: Agency;
  readonly payment: Payment;
  readonly reason: string | null;
}

async function undo(call: Call, { agency, payment, reason }: Command) {
  const { customer, retainer } = payment;
  const books = await loadBooks(call.tenant, { customer, invoices: retainer ? [retainer] : [] });
  const all = { ...books, payments: [payment] };
  return orRefuse(voidIt(all, { payment, reason }, call.ledgerContext(agency))).changes;
}

async function giveUp(call: Call, { agency, payment, reason }: Command, intent: Intent) {
  const invoices = intent.for.map(({ invoice }) => invoice);
  const books = await loadBooks(call.tenant, { customer: payment.customer, invoices });
  const all = { ...books, payments: [payment] };
  const named = books.invoices.map(({ id }) => ({ invoice: id }));
  const command = { payment, reason, for: named };
  return orRefuse(giveUpPayment(all, command, call.ledgerContext(agency))).changes;
}
