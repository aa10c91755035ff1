import { headsOf } from "../checks/heads.ts";
import { policyFor } from "../facts.ts";
import {
  type Arrival,
  apply,
  type Books,
  type Document,
  draw,
  issue,
  type Line,
  needOf,
  type Payment,
  type Refusal,
  receive,
  statusOf,
} from "../model/books.ts";
import { issueCredit, refund, unapply, voidCredit, voidPayment } from "../model/changes.ts";
import { majorOf } from "../model/currencies.ts";
import { giveUp } from "../model/pending.ts";
import type { Operation } from "../operation.ts";
import type { World } from "../world.ts";
import { partOf, someCustomer, someDocument, someOpen, somePayment } from "./choose.ts";
import { isStranded } from "./stripe-connection.ts";
import { currencyNear, someAmount } from "./terms.ts";

export const staffMoney: readonly Operation[] = [
  { name: "record-payment", weight: 10, run: recordPayment },
  { name: "mark-paid", weight: 3, run: markPaid },
  { name: "create-payment", weight: 6, run: createPayment },
  { name: "apply-payment", weight: 8, run: applyPayment },
  { name: "apply-anywhere", weight: 6, run: applyAnywhere },
  { name: "apply-to-invoice", weight: 6, run: applyToInvoice },
  { name: "unapply", weight: 6, run: unapplyPayment },
  { name: "refund", weight: 6, run: refundPayment },
  { name: "void-payment", weight: 2, run: voidIt },
];

const methods = ["Cash", "Cheque", "BankTransfer"] as const;
const majorOrNone = (amount: number | undefined, currency: string) =>
  amount === undefined ? undefined : majorOf(amount, currency);

/** Payments that are stored and that the model has not met. */
const strangers = ({ storage, books }: World) =>
  headsOf(storage.mirror, "PAY").filter(({ id }) => !books.payments.has(id));

export function recorded(
  world: World,
  id: string,
  asked: number | undefined,
): (books: Books) => Refusal {
  return (books) => {
    const document = books.documents.get(id);
    if (!document) return "there is no such document";
    const { customer, currency } = document;
    const policy = policyFor(world, id, customer);
    const isDraft = document.state === "Draft";
    if (isDraft) issue(books, id, policy);
    if (["Canceled", "Pending"].includes(statusOf(books, document))) return "it is not open";
    const need = needOf(books, document);
    const amount = asked ?? need;
    if (amount === 0) return isDraft ? undefined : "nothing is left to pay";
    const [payment] = strangers(world);
    const { receivedAt = "" } = payment ?? {};
    const arrival: Arrival = {
      payment: { id: payment?.id ?? "", customer, currency, amount, receivedAt, isManual: true },
      for: document.isRetainer || need > 0 ? [{ invoice: id }] : [],
    };
    return receive(books, arrival, policy.today);
  };
}

async function recordPayment(world: World): Promise<void> {
  const { dice, books } = world;
  const document = dice.chance(0.7) ? someOpen(world) : someDocument(world, () => true);
  if (!document) return;
  const { id, currency } = document;
  const need = document.state === "Draft" ? document.total : needOf(books, document);
  const amount = partOf(world, need);
  const answer = await world.ask(world.staff, "POST", `/v1/invoices/${id}/payments`, {
    method: dice.pick(methods),
    amount: majorOrNone(amount, currency),
    sendNotification: dice.chance(0.2),
  });
  world.decide(answer, recorded(world, id, amount));
}

async function markPaid(world: World): Promise<void> {
  const document = someDocument(world, () => true);
  if (!document) return;
  const path = `/v1/invoices/${document.id}/mark-paid`;
  const answer = await world.ask(world.staff, "POST", path, {});
  world.decide(answer, (books) => {
    const known = books.documents.get(document.id);
    if (known && statusOf(books, known) === "Paid") return undefined;
    return recorded(world, document.id, undefined)(books);
  });
}

async function createPayment(world: World): Promise<void> {
  const { dice, books } = world;
  const customer = await someCustomer(world);
  const currency = currencyNear(dice, customer.currency);
  const amount = someAmount(dice);
  const documents = [...books.documents.values()].filter(
    (one) => one.customer === customer.id || dice.chance(0.05),
  );
  const named = dice.chance(0.5) ? dice.shuffled(documents).slice(0, dice.between(1, 3)) : [];
  const lines = named.map((one) => ({
    invoice: one.id,
    amount: partOf(world, Math.min(amount, needOf(books, one))),
  }));
  const answer = await world.ask(world.staff, "POST", "/v1/payments", {
    ...{ customer: customer.id, currency, method: dice.pick(methods) },
    amount: majorOf(amount, currency),
    applications: lines.map((one) => ({ ...one, amount: majorOrNone(one.amount, currency) })),
  });
  const { id = "", receivedAt = "" } = answer.body ?? {};
  const payment = { id, customer: customer.id, currency, amount, receivedAt, isManual: true };
  world.decide(answer, (next) => receive(next, { payment, for: lines }, world.today()));
}

const applied = (books: Books, lines: readonly Line[], today: string): Refusal =>
  lines.map((line) => apply(books, line, today)).find((refusal) => refusal !== undefined);

/** Mostly its own customer's open invoices; sometimes anything. */
async function applyPayment(world: World): Promise<void> {
  const { dice, books } = world;
  const isAny = dice.chance(0.15);
  const payment = somePayment(world, ({ unapplied }) => unapplied > 0 || isAny);
  if (!payment) return;
  const { id, currency, customer, unapplied } = payment;
  const fitting = [...books.documents.values()].filter(
    (one) => isAny || (one.customer === customer && needOf(books, one) > 0 && !one.isRetainer),
  );
  const chosen = dice.shuffled(fitting).slice(0, dice.between(1, 3));
  if (chosen.length === 0) return;
  const lines = chosen.map((one) => ({
    source: id,
    invoice: one.id,
    amount: partOf(world, Math.min(unapplied, needOf(books, one))),
  }));
  const answer = await world.ask(world.staff, "POST", `/v1/payments/${id}/apply`, {
    invoices: lines.map((one) => ({
      invoice: one.invoice,
      amount: majorOrNone(one.amount, currency),
    })),
  });
  world.decide(answer, (next) => applied(next, lines, world.today()));
}

/** Any waiting money to any open invoice: whose it is, in which currency and for what, is no matter. */
async function applyAnywhere(world: World): Promise<void> {
  const payment = somePayment(world, ({ unapplied }) => unapplied > 0);
  const isOwn = world.dice.chance(0.5);
  const isDue = (one: Document) =>
    (!isOwn || one.customer === payment?.customer) &&
    needOf(world.books, one) > 0 &&
    !one.isRetainer;
  const document = someDocument(world, isDue);
  if (!payment || !document) return;
  const line = { source: payment.id, invoice: document.id };
  const path = `/v1/payments/${payment.id}/apply`;
  const invoices = [{ invoice: document.id }];
  const answer = await world.ask(world.staff, "POST", path, { invoices });
  world.decide(answer, (next) => apply(next, line, world.today()));
}

async function applyToInvoice(world: World): Promise<void> {
  const { dice, books } = world;
  const document = dice.chance(0.8) ? someOpen(world) : someDocument(world, () => true);
  if (!document) return;
  const { id, customer, currency } = document;
  const path = `/v1/invoices/${id}/apply`;
  if (dice.chance(0.4)) {
    const answer = await world.ask(world.staff, "POST", path, { auto: true });
    return void world.decide(answer, (next) => {
      const known = next.documents.get(id);
      if (!known || known.isRetainer) return "a retainer draws nothing";
      const status = statusOf(next, known);
      if (["Draft", "Canceled", "Pending"].includes(status)) return "it is not open";
      return draw(next, id, {
        today: world.today(),
        autoApply: "always",
        useCredits: "always",
      }) as undefined;
    });
  }
  const isOwn = (one: { readonly customer: string }) =>
    one.customer === customer || dice.chance(0.1);
  const payments = [...books.payments.values()].filter((one) => isOwn(one) && one.unapplied > 0);
  const credits = [...books.credits.values()].filter((one) => isOwn(one) && one.balance > 0);
  const need = needOf(books, document);
  const chosen = dice.shuffled([...payments, ...credits]).slice(0, dice.between(1, 2));
  if (chosen.length === 0) return;
  const lines = chosen
    .map((one) => ({
      source: one.id,
      invoice: id,
      amount: partOf(world, Math.min(need, "unapplied" in one ? one.unapplied : one.balance)),
    }))
    .sort((a, b) => Number(books.credits.has(a.source)) - Number(books.credits.has(b.source)));
  const named = (kind: "payment" | "credit", known: ReadonlyMap<string, object>) =>
    lines
      .filter(({ source }) => known.has(source))
      .map((one) => ({ [kind]: one.source, amount: majorOrNone(one.amount, currency) }));
  const answer = await world.ask(world.staff, "POST", path, {
    payments: named("payment", books.payments),
    credits: named("credit", books.credits),
  });
  world.decide(answer, (next) => applied(next, lines, world.today()));
}

async function unapplyPayment(world: World): Promise<void> {
  const { dice, books } = world;
  const payment = somePayment(world, ({ applied: moved }) => moved > 0);
  if (!payment) return;
  const own = books.applications.filter(({ source }) => source === payment.id);
  const applications = dice
    .shuffled(own)
    .slice(0, dice.between(1, 2))
    .map(({ id }) => id);
  if (applications.length === 0) return;
  const path = `/v1/payments/${payment.id}/unapply`;
  const answer = await world.ask(world.staff, "POST", path, { applications });
  world.decide(answer, (next) => unapply(next, payment.id, applications));
}

async function refundPayment(world: World): Promise<void> {
  const { dice, books } = world;
  const payment = somePayment(world, ({ unapplied }) => unapplied > 0 || dice.chance(0.2));
  if (!payment) return;
  const { id, currency, unapplied } = payment;
  const own = books.applications.filter(({ source }) => source === id);
  const given = dice.chance(0.3) ? dice.shuffled(own).slice(0, 1) : [];
  const most = unapplied + given.reduce((sum, { amount }) => sum + amount, 0);
  const amount = partOf(world, most) ?? most;
  if (amount === 0) return;
  const answer = await world.ask(world.staff, "POST", `/v1/payments/${id}/refund`, {
    amount: majorOf(amount, currency),
    unapply: given.map((one) => one.id),
  });
  const asked = { amount, unapply: given.map((one) => one.id), refund: answer.body?.id ?? "" };
  world.decide(answer, (next) => refund(next, id, { ...asked, isAtStripe: !payment.isManual }));
}

async function voidIt(world: World): Promise<void> {
  const isWanted = world.dice.chance(0.5)
    ? (one: Payment) => isStranded(world, one)
    : (one: Payment) => one.isManual || world.dice.chance(0.1);
  const payment = somePayment(world, isWanted);
  if (!payment) return;
  const path = `/v1/payments/${payment.id}/void`;
  const answer = await world.ask(world.staff, "POST", path, { reason: "Typed twice" });
  world.decide(answer, (next) =>
    isStranded(world, payment) ? giveUp(next, payment.id) : voidPayment(next, payment.id),
  );
}

export const staffCredits: readonly Operation[] = [
  { name: "create-credit", weight: 4, run: createCredit },
  { name: "issue-credit", weight: 4, run: issueIt },
  { name: "apply-credit", weight: 3, run: applyCredit },
  { name: "void-credit", weight: 1, run: voidThat },
];

async function createCredit(world: World): Promise<void> {
  const { dice } = world;
  const customer = await someCustomer(world);
  const currency = currencyNear(dice, customer.currency);
  const amount = someAmount(dice, 90_000);
  const days = dice.pick([0, 1, 3, 30]) * 86_400_000;
  const expiresOn = dice.chance(0.6)
    ? new Date(world.clock.nowMs() + 86_400_000 + days).toISOString().slice(0, 10)
    : null;
  const body = { customer: customer.id, currency, amount: majorOf(amount, currency), expiresOn };
  const answer = await world.ask(world.staff, "POST", "/v1/credits", body);
  world.decide(answer, ({ credits }) => {
    const { id } = answer.body;
    const none = { applied: 0, balance: 0, tax: 0, state: "Draft" as const };
    credits.set(id, { id, customer: customer.id, currency, amount, expiresOn, ...none });
    return undefined;
  });
}

const someCredit = ({ books, dice }: World, states: readonly string[]) =>
  dice.maybe([...books.credits.values()].filter(({ state }) => states.includes(state)));

async function issueIt(world: World): Promise<void> {
  const credit = someCredit(world, world.dice.chance(0.9) ? ["Draft"] : ["Issued", "Void"]);
  if (!credit) return;
  const answer = await world.ask(world.staff, "POST", `/v1/credits/${credit.id}/issue`, {});
  world.decide(answer, (books) => issueCredit(books, credit.id));
}

async function applyCredit(world: World): Promise<void> {
  const { books } = world;
  const credit = someCredit(world, ["Issued"]);
  const document = someOpen(world);
  if (!credit || !document) return;
  const amount = partOf(world, Math.min(credit.balance, needOf(books, document)));
  const line = { source: credit.id, invoice: document.id, amount };
  const invoices = [{ invoice: document.id, amount: majorOrNone(amount, credit.currency) }];
  const path = `/v1/credits/${credit.id}/apply`;
  const answer = await world.ask(world.staff, "POST", path, { invoices });
  world.decide(answer, (next) => apply(next, line, world.today()));
}

async function voidThat(world: World): Promise<void> {
  const credit = someCredit(world, ["Issued", "Draft"]);
  if (!credit) return;
  const answer = await world.ask(world.staff, "POST", `/v1/credits/${credit.id}/void`, {});
  world.decide(answer, (books) => voidCredit(books, credit.id));
}
