import { bookForeignRefund } from "../../../domain/payments/forced.ts";
import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import { asDecidedOn } from "../../../domain/payments/ledger.ts";
import { loadPayment } from "../../../domain/payments/payment.store.ts";
import type { Payment } from "../../../domain/payments/payment.ts";
import { settleRefund } from "../../../domain/payments/refund.ts";
import { chargeObject, refundObject } from "../../../domain/payments/stripe-objects.ts";
import type { StripeRefund } from "../../../domain/payments/stripe-refunds.gateway.ts";
import { type Id, newId } from "../../../domain/shared/ids.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { commitDecided } from "../../kit/background.ts";
import { Refused } from "../../kit/refused.ts";
import { bookedPayment, newestApplications } from "./booked.ts";
import { ledgerContextOf, type StripeWork } from "./work.ts";

/**
 * refund.*: judged by how the refund stands at Stripe now, so the order of its events is no matter.
 */
export async function handleRefund(work: StripeWork): Promise<void> {
  const { id, payment_intent: paymentIntent } = refundObject.parse(work.event.data.object);
  const payment = paymentIntent ? await bookedPayment(work, paymentIntent) : undefined;
  if (payment) await followRefund(work, { payment, refund: id });
}

export async function handleChargeRefunded(work: StripeWork): Promise<void> {
  const { payment_intent: paymentIntent } = chargeObject.parse(work.event.data.object);
  const payment = paymentIntent ? await bookedPayment(work, paymentIntent) : undefined;
  if (!payment || !paymentIntent) return;
  const refunds = await work.stripe.refundsOf({ account: work.account }, paymentIntent);
  for (const { id } of refunds.toReversed()) await followRefund(work, { payment, refund: id });
}

async function followRefund(
  work: StripeWork,
  { payment: id, refund }: { readonly payment: Id<"payment">; readonly refund: string },
): Promise<void> {
  const { tenant, stripe, account, deps } = work;
  await commitDecided(deps, tenant, async () => {
    const payment = await loadPayment(tenant, id);
    // Asked after ours was read, so that what Stripe says is the newer of the two.
    const now = await stripe.refundNow({ account }, refund);
    return payment ? decide(work, payment, now) : [];
  });
}

const failures = ["failed", "canceled"];

async function decide(
  work: StripeWork,
  payment: Payment,
  refund: StripeRefund,
): Promise<GuardedWrite[]> {
  const ours = payment.refunds.find(
    ({ id, stripe }) => id === refund.metadata.refund || stripe === refund.id,
  );
  const hasFailed = failures.includes(refund.status);
  if (!ours) return hasFailed ? [] : bookForeign(work, payment, refund);
  if (!hasFailed && refund.status !== "succeeded") return [];
  const loaded = await loadBooks(work.tenant, {
    customer: payment.customer,
    payments: [payment.id],
  });
  const books = asDecidedOn(loaded, payment);
  const decided = settleRefund(
    books,
    {
      payment,
      refund: ours.id,
      outcome: hasFailed ? "Failed" : "Succeeded",
      stripe: refund.id,
    },
    await ledgerContextOf(work),
  );
  return decided ? writesOf(work, decided) : [];
}

/** Made in Stripe's dashboard: it happened, so it is booked whatever the payment has left. */
async function bookForeign(
  work: StripeWork,
  payment: Payment,
  refund: StripeRefund,
): Promise<GuardedWrite[]> {
  const newest = await newestApplications(work.tenant, payment, refund.amount);
  const loaded = await loadBooks(work.tenant, {
    customer: payment.customer,
    payments: [payment.id],
    invoices: newest.map(({ invoice }) => invoice),
  });
  const books = asDecidedOn(loaded, payment);
  const context = await ledgerContextOf(work);
  const decided = bookForeignRefund(
    books,
    {
      payment,
      newest,
      id: newId("refund", Date.parse(context.now), work.deps.random(10)),
      stripe: refund.id,
      amount: refund.amount,
      pending: refund.status !== "succeeded",
    },
    context,
  );
  return decided ? writesOf(work, decided) : [];
}

function writesOf(
  { tenant }: StripeWork,
  decided: NonNullable<ReturnType<typeof settleRefund>>,
): GuardedWrite[] {
  if (!decided.ok) throw new Refused(decided);
  return saveLedger(tenant, decided.changes);
}
