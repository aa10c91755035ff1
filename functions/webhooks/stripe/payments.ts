import { saveInvoice } from "../../../domain/billing/invoice.store.ts";
import { loadIntent, saveIntent } from "../../../domain/payments/intent.store.ts";
import { changedIntent, type Intent, isUnattended } from "../../../domain/payments/intent.ts";
import { type MoneyFacts, moneyOf } from "../../../domain/payments/intent-money.ts";
import { loadBooks, loadInvoices, saveLedger } from "../../../domain/payments/ledger.store.ts";
import type { Books, Decision } from "../../../domain/payments/ledger.ts";
import { methodWords } from "../../../domain/payments/method-words.ts";
import type { Payment } from "../../../domain/payments/payment.ts";
import { awaitPayment, failPayment } from "../../../domain/payments/pending.ts";
import { bookArrivedMoney } from "../../../domain/payments/receive.ts";
import { paymentIntentObject, sessionObject } from "../../../domain/payments/stripe-objects.ts";
import type { StripePayment } from "../../../domain/payments/stripe-payments.gateway.ts";
import { type Id, isId } from "../../../domain/shared/ids.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { ownerOf, reserve } from "../../../domain/shared/unique.store.ts";
import { commitDecided } from "../../kit/background.ts";
import { Refused } from "../../kit/refused.ts";
import { happenedAt, ledgerContextOf, type StripeWork } from "./work.ts";

/** checkout.session.*: what the page's end means is read from its payment. */
export async function handleSession(work: StripeWork): Promise<void> {
  const session = sessionObject.parse(work.event.data.object);
  const intent = session.metadata?.intent;
  if (!intent || !isId("payment", intent)) return;
  if (session.payment_intent) await settle(work, { id: session.payment_intent, intent });
  if (work.event.type === "checkout.session.expired") await endIntent(work, intent, "expired");
  if (session.mode === "setup" && work.event.type === "checkout.session.completed") {
    await endIntent(work, intent, "completed");
  }
}

/** Standard accounts sell other things too; what we did not ask for is none of ours. */
export async function handlePaymentIntent(work: StripeWork): Promise<void> {
  const { id, metadata } = paymentIntentObject.parse(work.event.data.object);
  const intent = metadata?.intent;
  if (intent && isId("payment", intent)) await settle(work, { id, intent });
}

/** Books money of which only Stripe's id is known. Answers our payment's id, if it is ours. */
export async function settlePayment(
  work: StripeWork,
  paymentIntent: string,
): Promise<Id<"payment"> | undefined> {
  const { metadata } = await work.stripe.payment({ account: work.account }, paymentIntent);
  const { intent } = metadata;
  if (!intent || !isId("payment", intent)) return undefined;
  return (await settle(work, { id: paymentIntent, intent })) ? intent : undefined;
}

interface Ours {
  /** Stripe's id. */
  readonly id: string;
  readonly intent: Id<"payment">;
}

/**
 * Brings our payment to where Stripe's stands now, whatever the event said and whenever it came:
 * that is what makes any order of events, and any number of each, end the same. False: it is not
 * ours.
 */
async function settle(work: StripeWork, { id, intent }: Ours): Promise<boolean> {
  const { tenant, stripe, account } = work;
  const meant = await loadIntent(tenant, intent);
  if (meant?.account !== account) return false;
  await commitDecided(work.deps, tenant, async () => {
    const known = await loadKnown(work, intent);
    if (known.payment && !isUndecided(known.payment)) return [];
    // Asked after ours was read, so that what Stripe says is the newer of the two.
    const found = await stripe.payment({ account }, id);
    if (found.metadata.intent !== intent) return [];
    if (found.status === "succeeded") return received(work, found, known);
    if (found.status === "processing") return known.payment ? [] : awaited(work, found, known);
    return failed(work, found, known);
  });
  return true;
}

/** Money that was received stays so, whatever the payment's own events say later. */
const isUndecided = ({ status }: Payment): boolean => status === "Pending" || status === "Failed";

async function loadKnown({ tenant }: StripeWork, id: Id<"payment">): Promise<Known> {
  const intent = await loadIntent(tenant, id);
  if (!intent) throw new Error(`${id} is gone`);
  const books = await loadBooks(tenant, {
    customer: intent.customer,
    invoices: intent.for.map(({ invoice }) => invoice),
    payments: [id],
  });
  return { intent, books, payment: books.payments.find((one) => one.id === id) };
}

interface Known {
  readonly intent: Intent;
  readonly books: Books;
  readonly payment: Payment | undefined;
}

/** Money that came is booked, also after we were told that it failed. */
async function received(
  work: StripeWork,
  found: StripePayment,
  known: Known,
): Promise<GuardedWrite[]> {
  const { intent, books } = known;
  if (found.currency !== intent.currency) {
    throw new TypeError(`${found.id} is in ${found.currency}, its intent in ${intent.currency}`);
  }
  const money = moneyOf(intent, factsOf(work, found, found.received), books.invoices);
  const decided = bookArrivedMoney(books, money, await ledgerContextOf(work));
  return writesFor(work, { found, known, decided }, "completed");
}

async function awaited(
  work: StripeWork,
  found: StripePayment,
  known: Known,
): Promise<GuardedWrite[]> {
  const { intent, books } = known;
  const money = moneyOf(intent, factsOf(work, found, intent.amount), books.invoices);
  const decided = awaitPayment(books, money, await ledgerContextOf(work));
  return writesFor(work, { found, known, decided }, "completed");
}

/**
 * A card that was declined on a page is no failed payment: the payer tries another. It failed when
 * a debit that was on its way came back, when nobody sat in front of it, or when the page says that
 * it is over.
 */
async function failed(
  work: StripeWork,
  found: StripePayment,
  known: Known,
): Promise<GuardedWrite[]> {
  const { intent, books, payment } = known;
  if (payment && payment.status !== "Pending") return [];
  const isOver = ["requires_payment_method", "canceled"].includes(found.status);
  const cameBack = work.event.type === "checkout.session.async_payment_failed";
  if (!isOver || !(payment || isUnattended(intent) || cameBack)) return [];
  const failure = found.failure ?? found.status;
  const money = moneyOf(intent, factsOf(work, found, intent.amount), books.invoices);
  const decided = failPayment(books, { ...money, failure }, await ledgerContextOf(work));
  return writesFor(work, { found, known, decided }, "failed");
}

function factsOf(work: StripeWork, found: StripePayment, amount: number): MoneyFacts {
  const { kind, detail } = methodWords(found.method);
  const { account } = work;
  return {
    amount,
    method: kind,
    reference: detail,
    receivedAt: happenedAt(work),
    stripe: { account, paymentIntent: found.id, charge: found.charge },
  };
}

async function writesFor(
  { tenant, deps }: StripeWork,
  made: { readonly found: StripePayment; readonly known: Known; readonly decided: Decision },
  status: Intent["status"],
): Promise<GuardedWrite[]> {
  const { found, known, decided } = made;
  const { intent } = known;
  if (!decided.ok) throw new Refused(decided);
  const guard = { what: "payment-intent", value: found.id, owner: intent.id } as const;
  const isGuarded = (await ownerOf(tenant, guard.what, guard.value)) !== undefined;
  const change = { status, paymentIntent: found.id };
  return [
    ...saveLedger(tenant, decided.changes),
    ...(isGuarded ? [] : [reserve(tenant, guard, "write.conflict")]),
    saveIntent(tenant, changedIntent(intent, change, deps.now())),
  ];
}

/** Nobody can pay it any more, so its documents may open another page. */
export async function endIntent(
  { deps, tenant }: Pick<StripeWork, "deps" | "tenant">,
  id: string,
  status: "expired" | "completed",
): Promise<void> {
  await commitDecided(deps, tenant, async () => {
    const intent = await loadIntent(tenant, id);
    if (intent?.status !== "open") return [];
    const now = deps.now();
    const invoices = await loadInvoices(
      tenant,
      intent.for.map(({ invoice }) => invoice),
    );
    const held = invoices.filter(({ checkout }) => checkout === id);
    return [
      saveIntent(tenant, changedIntent(intent, { status }, now)),
      ...held.map((invoice) =>
        saveInvoice(tenant, {
          ...invoice,
          checkout: null,
          updatedAt: now,
          version: invoice.version + 1,
        }),
      ),
    ];
  });
}
