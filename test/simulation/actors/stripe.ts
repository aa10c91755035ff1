import type { Json } from "../api.ts";
import { Broken } from "../broken.ts";
import { type Head, headsOf } from "../checks/heads.ts";
import type { JournalRecord } from "../checks/journal.ts";
import { type Arrival, arrive, type Document, needOf, takesMoney } from "../model/books.ts";
import { dispute, foreignRefund, settleRefund } from "../model/changes.ts";
import { majorOf } from "../model/currencies.ts";
import { awaitMoney, fail } from "../model/pending.ts";
import type { Operation } from "../operation.ts";
import type { Follow, World } from "../world.ts";
import { partOf, someDocument, someOpen } from "./choose.ts";
import { keepPage, meantFor } from "./pages.ts";
import { isCutOff } from "./stripe-connection.ts";

export const staffAtStripe: readonly Operation[] = [
  { name: "open-checkout", weight: 6, run: (world) => openCheckout(world) },
  { name: "charge-method", weight: 7, run: chargeMethod },
];

export const stripe: readonly Operation[] = [
  { name: "pay-on-page", weight: 16, run: (world) => payOnPage(world) },
  { name: "debit-before-charge", weight: 2, isTimed: true, run: debitBeforeCharge },
  { name: "deliver-webhooks", weight: 10, run: deliverWebhooks },
  { name: "dispute", weight: 4, run: openOrCloseDispute },
  { name: "dashboard-refund", weight: 3, run: dashboardRefund },
  { name: "banks-mood", weight: 4, run: changeMood },
  { name: "webhooks-mood", weight: 2, run: changeWebhooks },
];

const returns = { successUrl: "https://agency.test/ok", cancelUrl: "https://agency.test/no" };

async function openCheckout(world: World, given?: Document): Promise<void> {
  const { books } = world;
  const isOpen = world.dice.chance(0.9);
  const document = given ?? (isOpen ? someOpen(world) : someDocument(world, () => true));
  if (!document) return;
  const need = needOf(books, document);
  const amount = world.dice.chance(0.7) ? undefined : partOf(world, need);
  const { id, currency } = document;
  const answer = await world.ask(world.staff, "POST", `/v1/invoices/${id}/checkout`, {
    ...{ ...returns, save: world.dice.chance(0.3) },
    amount: amount === undefined ? undefined : majorOf(amount, currency),
  });
  if (isCutOff(world, answer)) return;
  if (answer.status === 201) {
    keepPage(world, answer.body.url, { documents: [document], amount: amount ?? need });
    return;
  }
  requireKnown(answer, [
    "invoice.not-open",
    "invoice.over-applied",
    "payment.amount-not-chargeable",
  ]);
}

function requireKnown({ status, body }: { status: number; body: Json }, codes: readonly string[]) {
  if (!codes.includes(body?.code)) throw new Broken(`refused with ${status} ${body?.code}`);
}

async function chargeMethod(world: World): Promise<void> {
  const document = someOpen(world);
  if (!document) return;
  const { id } = document;
  const asked = { documents: [document], amount: needOf(world.books, document) };
  const answer = await world.ask(world.staff, "POST", `/v1/invoices/${id}/charge`, {});
  if (isCutOff(world, answer)) return;
  if (answer.status !== 202) {
    const codes = ["invoice.not-open", "payment-method.not-found", "payment.amount-not-chargeable"];
    return requireKnown(answer, codes);
  }
  world.decide(answer, (books) => {
    const intent = meantFor(world, answer.body.id, asked);
    return awaitMoney(books, arrivalOf(world, intent.id, intent.amount)) as undefined;
  });
}

const cards = [
  ...["4242424242424242", "4242424242424242", "4242424242424242", "4000000000005126"],
  ...["4000000000000002", "4000002500003155", "000123456789", "000111111116"],
] as const;

const debits = ["000123456789", "000111111116"] as const;

/** Mostly the newest page; now and then one that is outdated, or paid already. */
async function payOnPage(world: World, given?: (typeof cards)[number]): Promise<void> {
  const { dice, facts, stripe: side } = world;
  const { pages } = facts;
  const page = given || dice.chance(0.7) ? pages.at(-1) : dice.maybe(pages);
  if (!page) return;
  const number = given ?? dice.pick(cards);
  const fields = { number, exp: "12/34", cvc: "123", name: "Ann Lee" };
  const status = await side.fillIn(page.url, fields);
  world.note(`  ${page.intent} with ${number}: ${status}`);
  if (number !== "4000002500003155" || status !== 200) return;
  const authentication = dice.chance(0.7) ? "complete" : "fail";
  world.note(`  ${authentication}: ${await side.fillIn(page.url, { authentication })}`);
}

/** The bank takes days, and what is to be charged by itself comes due meanwhile. */
async function debitBeforeCharge(world: World): Promise<void> {
  const { books, facts, dice, clock } = world;
  const ahead = [...facts.plans.open].filter(([, { at }]) => at > clock.now());
  const documents = ahead.flatMap(([cause]) => books.documents.get(cause) ?? []);
  const document = dice.maybe(documents.filter((one) => takesMoney(books, one)));
  if (!document) return;
  const { length } = facts.pages;
  await openCheckout(world, document);
  if (facts.pages.length > length) await payOnPage(world, dice.pick(debits));
}

export async function deliverWebhooks({ stripe: { standIn } }: World): Promise<void> {
  await standIn.runDue();
}

const atStripe = ({ storage }: World): Head[] =>
  headsOf(storage.mirror, "PAY").filter(
    (head) => head.stripe && !["Pending", "Failed"].includes(head.status),
  );

/** What Stripe itself refuses: the money is with the bank already, or given back. */
function tried(world: World, work: () => { readonly id: string }): void {
  try {
    world.note(`  ${work().id}`);
  } catch (error) {
    world.note(`  Stripe: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function openOrCloseDispute(world: World): Promise<void> {
  const { dice, stripe: side } = world;
  const payment = dice.maybe(atStripe(world));
  if (!payment) return;
  const { paymentIntent } = payment.stripe;
  const isInquiry = dice.chance(0.2);
  const amount = dice.chance(0.6) ? {} : { amount: dice.between(1, payment.amount) };
  const outcome = dice.chance(0.5) ? { outcome: dice.pick(["won", "lost"] as const) } : {};
  tried(world, () => {
    const asked = { paymentIntent, ...amount, ...outcome, inquiry: isInquiry };
    const made = side.standIn.control.dispute(asked);
    world.facts.disputes.set(made.id, made.amount);
    return made;
  });
}

async function dashboardRefund(world: World): Promise<void> {
  const { dice, stripe: side } = world;
  const payment = dice.maybe(atStripe(world));
  if (!payment) return;
  const amount = dice.chance(0.4) ? {} : { amount: dice.between(1, payment.amount) };
  const { paymentIntent } = payment.stripe;
  tried(world, () => side.standIn.control.refund({ paymentIntent, ...amount }));
}

async function changeMood({ dice, stripe: side }: World): Promise<void> {
  const { control } = side.standIn;
  if (dice.chance(0.4)) control.failNextRefund();
  else control.nextCharge(dice.pick(["decline", "hard-decline", "authenticate", "delay"]));
}

async function changeWebhooks({ dice, stripe: side }: World): Promise<void> {
  side.standIn.control.webhooks({
    copies: dice.pick([1, 1, 2, 3]),
    shuffle: dice.chance(0.5),
    dropRate: dice.pick([0, 0, 0.2, 0.5]),
    delayS: dice.pick([0, 0, 30, 7_200]),
  });
}

/** Stripe counts the currencies that are used here as we do. */
export function arrivalOf(world: World, id: string, amount: number): Arrival {
  const intent = world.facts.intents.get(id);
  if (!intent) throw new Broken(`nobody meant to pay ${id}`);
  const head = headsOf(world.storage.mirror, "PAY").find((one) => one.id === id);
  const receivedAt = String(head?.receivedAt ?? "");
  const { customer, currency } = intent;
  const payment = { id, customer, currency, amount, receivedAt, isManual: false };
  const known = intent.for.filter(({ invoice }) => world.books.documents.has(invoice));
  return { payment, for: known };
}

function storedPayment({ storage }: World, id: string): Head {
  return headsOf(storage.mirror, "PAY").find((one) => one.id === id);
}

/** On the payment's own account. */
const look = (world: World, { subject }: JournalRecord, path: string): Promise<Json> =>
  world.stripe.look(storedPayment(world, subject).stripe?.account ?? "", path);

async function received(world: World, record: JournalRecord): Promise<void> {
  const { subject } = record;
  const known = world.books.payments.get(subject);
  if (known?.state === "Received") throw new Broken(`${subject} is booked twice`);
  const { paymentIntent } = storedPayment(world, subject).stripe;
  const found = await look(world, record, `/v1/payment_intents/${paymentIntent}`);
  if (found.status !== "succeeded" || found.metadata.intent !== subject) {
    throw new Broken(`${subject} is booked, ${paymentIntent} is ${found.status}`);
  }
  arrive(world.books, arrivalOf(world, subject, found.amount_received), world.today());
}

async function pending(world: World, { subject }: JournalRecord): Promise<void> {
  awaitMoney(world.books, arrivalOf(world, subject, world.facts.intents.get(subject)?.amount ?? 0));
}

async function failed(world: World, { subject }: JournalRecord): Promise<void> {
  if (world.books.payments.get(subject)?.state === "Received") {
    throw new Broken(`${subject} was received and failed`);
  }
  fail(world.books, arrivalOf(world, subject, world.facts.intents.get(subject)?.amount ?? 0));
}

const refundAt = (world: World, { subject, data }: JournalRecord): Head =>
  storedPayment(world, subject).refunds.find((one: Head) => one.id === data?.refund);

async function refunded(world: World, record: JournalRecord): Promise<void> {
  const { id, stripe: name } = refundAt(world, record);
  const { amount, status } = await look(world, record, `/v1/refunds/${name}`);
  const made = { refund: id, amount, isDone: status === "succeeded" };
  foreignRefund(world.books, record.subject, made, world.today());
}

const settled =
  (isDone: boolean): Follow =>
  async (world, record) => {
    const { id, stripe: name } = refundAt(world, record);
    const { status } = name
      ? await look(world, record, `/v1/refunds/${name}`)
      : { status: "failed" };
    const isTrue = isDone ? status === "succeeded" : ["failed", "canceled"].includes(status);
    if (!isTrue) throw new Broken(`refund ${id} is ${status} at Stripe`);
    settleRefund(world.books, record.subject, id, isDone);
  };

async function disputed(world: World, record: JournalRecord): Promise<void> {
  const { subject, data } = record;
  const { dispute: name, step } = data ?? {};
  const { account } = storedPayment(world, subject).stripe;
  const isLost = world.facts.lost.has(account);
  const { status } = await look(world, record, `/v1/disputes/${name}`);
  if (!isLost && ["won", "lost"].includes(step) && step !== status) {
    throw new Broken(`${name} is ${status} at Stripe, not ${step}`);
  }
  const amount = world.facts.disputes.get(name);
  if (amount === undefined) throw new Broken(`nobody disputed ${subject} as ${name}`);
  dispute(world.books, subject, { dispute: name, amount, step }, world.today());
}

export const followStripe: Readonly<Record<string, Follow>> = {
  "payment.received": received,
  // The second record of money that was received for an invoice: followed with the first.
  "payment.applied": async () => undefined,
  "payment.pending": pending,
  "payment.failed": failed,
  "payment.refunded": refunded,
  "payment.refund-settled": settled(true),
  "payment.refund-failed": settled(false),
  "payment.disputed": disputed,
};
