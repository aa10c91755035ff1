import { bookDispute, type DisputeStep } from "../../../domain/payments/forced.ts";
import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import { asDecidedOn } from "../../../domain/payments/ledger.ts";
import { loadPayment } from "../../../domain/payments/payment.store.ts";
import { fromStripeAmount } from "../../../domain/payments/stripe-amounts.ts";
import { type DisputeObject, disputeObject } from "../../../domain/payments/stripe-objects.ts";
import type { Id } from "../../../domain/shared/ids.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { commitDecided } from "../../kit/background.ts";
import { Refused } from "../../kit/refused.ts";
import { bookedPayment, newestApplications } from "./booked.ts";
import { ledgerContextOf, type StripeWork } from "./work.ts";

/** Each event says one or two things; the payment remembers which of them are booked. */
export async function handleDispute(work: StripeWork): Promise<void> {
  const dispute = disputeObject.parse(work.event.data.object);
  if (!dispute.payment_intent) return;
  const payment = await bookedPayment(work, dispute.payment_intent);
  if (!payment) return;
  for (const step of stepsOf(work.event.type, dispute)) {
    await commitDecided(work.deps, work.tenant, () => decide(work, payment, { dispute, step }));
  }
}

export function stepsOf(type: string, dispute: DisputeObject): DisputeStep[] {
  const end = endOf(dispute);
  if (type === "charge.dispute.funds_withdrawn") return ["withdrawn", ...end];
  if (type === "charge.dispute.funds_reinstated") return ["reinstated", ...end];
  return end.length > 0 ? end : ["opened"];
}

function endOf({ status, balance_transactions: moves }: DisputeObject): DisputeStep[] {
  if (status === "won" || status === "lost") return [status];
  if (status === "warning_closed") return ["inquiry-closed"];
  // Settled by the network before it became a dispute: what counts is whether money was taken.
  if (status !== "prevented") return [];
  return moves.reduce((sum, { amount }) => sum + amount, 0) < 0 ? ["lost"] : ["inquiry-closed"];
}

async function decide(
  work: StripeWork,
  id: Id<"payment">,
  { dispute, step }: { readonly dispute: DisputeObject; readonly step: DisputeStep },
): Promise<GuardedWrite[]> {
  const { tenant } = work;
  const payment = await loadPayment(tenant, id);
  if (!payment) return [];
  const amount = fromStripeAmount(dispute.amount, payment.currency);
  const newest = step === "lost" ? await newestApplications(tenant, payment, amount) : [];
  const loaded = await loadBooks(tenant, {
    customer: payment.customer,
    payments: [id],
    invoices: newest.map(({ invoice }) => invoice),
  });
  const books = asDecidedOn(loaded, payment);
  const command = { payment, newest, dispute: dispute.id, amount, step };
  const decided = bookDispute(books, command, await ledgerContextOf(work));
  if (!decided) return [];
  if (!decided.ok) throw new Refused(decided);
  return saveLedger(tenant, decided.changes);
}
