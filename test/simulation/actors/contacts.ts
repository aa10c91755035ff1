import type { Answer, Json } from "../api.ts";
import { Broken } from "../broken.ts";
import type { ContactFact } from "../facts.ts";
import { cancelAhead } from "../model/aheads.ts";
import { type Document, needOf, takesMoney } from "../model/books.ts";
import { majorOf } from "../model/currencies.ts";
import { awaitMoney } from "../model/pending.ts";
import type { Operation } from "../operation.ts";
import type { World } from "../world.ts";
import { keepAhead } from "./aheads.ts";
import { partOf } from "./choose.ts";
import { keepPage, meantFor } from "./pages.ts";
import { addContact } from "./staff-customers.ts";
import { answered, someQuote } from "./staff-quotes.ts";
import { isCutOff } from "./stripe-connection.ts";
import { someAmount, someFrequency } from "./terms.ts";

export const contacts: readonly Operation[] = [
  { name: "contact-pays", weight: 8, run: pay },
  { name: "contact-pays-several", weight: 3, run: paySeveral },
  { name: "contact-pays-ahead", weight: 3, run: payAhead },
  { name: "contact-answers-quote", weight: 4, run: answerQuote },
  { name: "contact-saves-method", weight: 5, run: saveMethod },
  { name: "contact-changes-methods", weight: 3, run: changeMethods },
  { name: "contact-reads", weight: 3, run: read },
  { name: "contact-cancels-ahead", weight: 1, isTimed: true, run: chooseAhead },
  { name: "contact-chooses-auto-bill", weight: 2, isTimed: true, run: chooseAutoBill },
];

const triesMax = 6;

async function someContact(world: World): Promise<ContactFact | undefined> {
  const { dice, facts } = world;
  const customer = dice.maybe(facts.customers);
  if (!customer) return undefined;
  if (customer.contacts.length === 0) await addContact(world, customer);
  return dice.maybe(customer.contacts);
}

/** As a browser at the portal: keeps its cookie, and logs in again when it has to. */
export async function visit(
  world: World,
  contact: ContactFact,
  request: readonly [method: string, path: string, body?: unknown],
): Promise<Answer> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    if (!contact.who) await logIn(world, contact);
    if (!contact.who) continue;
    const answer = await world.ask(contact.who, ...request);
    const cookie = answer.headers["set-cookie"]?.split(";")[0];
    if (cookie) contact.who = { headers: { ...contact.who.headers, cookie } };
    if (answer.status !== 401) return answer;
    contact.who = undefined;
  }
  throw new Broken(`${contact.email} can't get into the portal`);
}

async function logIn(world: World, contact: ContactFact): Promise<void> {
  const { id, customer } = contact;
  const path = `/v1/customers/${customer.id}/contacts/${id}/portal-link`;
  const link = await world.ask(world.staff, "POST", path, {});
  const token = String(link.body?.url ?? "").split("#token=")[1];
  const headers = { "x-portal": "1" };
  const opened = await world.ask({ headers }, "POST", "/portal/session", { token });
  const cookie = opened.headers["set-cookie"]?.split(";")[0];
  contact.who = opened.status === 204 && cookie ? { headers: { ...headers, cookie } } : undefined;
}

const ownOpen = ({ books }: World, { customer }: ContactFact): Document[] =>
  [...books.documents.values()].filter(
    (one) => one.customer === customer.id && needOf(books, one) > 0 && takesMoney(books, one),
  );

async function savedMethod(world: World, contact: ContactFact): Promise<string | undefined> {
  if (!world.dice.chance(0.5)) return undefined;
  const { body } = await visit(world, contact, ["GET", "/portal/payment-methods"]);
  return world.dice.maybe((body.docs ?? []) as Json[])?.id;
}

async function pay(world: World): Promise<void> {
  const { dice, books } = world;
  const contact = await someContact(world);
  const document = contact && dice.maybe(ownOpen(world, contact));
  if (!contact || !document) return;
  const { id, currency } = document;
  const need = needOf(books, document);
  const paymentMethod = await savedMethod(world, contact);
  const amount = dice.chance(0.5) ? undefined : partOf(world, need);
  const answer = await visit(world, contact, [
    "POST",
    `/portal/invoices/${id}/pay`,
    {
      amount: amount === undefined ? undefined : majorOf(amount, currency),
      ...(paymentMethod ? { paymentMethod } : { save: dice.chance(0.4) }),
    },
  ]);
  took(world, answer, { documents: [document], amount: amount ?? need });
}

async function paySeveral(world: World): Promise<void> {
  const { dice, books } = world;
  const contact = await someContact(world);
  const open = contact ? ownOpen(world, contact) : [];
  const [first] = dice.shuffled(open);
  if (!contact || !first) return;
  const alike = open.filter(
    ({ currency, isRetainer }) => currency === first.currency && !isRetainer,
  );
  const documents = first.isRetainer ? [first] : dice.shuffled(alike).slice(0, 3);
  const paymentMethod = await savedMethod(world, contact);
  const invoices = documents.map(({ id }) => id);
  const body = { invoices, ...(paymentMethod ? { paymentMethod } : {}) };
  const answer = await visit(world, contact, ["POST", "/portal/pay", body]);
  const amount = documents.reduce((sum, one) => sum + needOf(books, one), 0);
  took(world, answer, { documents, amount });
}

/** A page is open, a method is charged, or the sum is one that Stripe can't take. */
function took(
  world: World,
  answer: Answer,
  asked: { readonly documents: readonly Document[]; readonly amount: number },
): void {
  if (isCutOff(world, answer)) return;
  if (answer.status === 201) {
    keepPage(world, answer.body.url, asked);
    return;
  }
  const allowed = ["payment.amount-not-chargeable", "invoice.amount-out-of-range"];
  if (answer.status !== 202 && allowed.includes(answer.body?.code)) return;
  world.decide(answer, (books) => {
    const intent = meantFor(world, answer.body.payment, asked);
    const { id, customer, currency, amount } = intent;
    const payment = { id, customer, currency, amount, receivedAt: "", isManual: false };
    return awaitMoney(books, { payment, for: intent.for }) as undefined;
  });
}

async function payAhead(world: World): Promise<void> {
  const { dice } = world;
  const contact = await someContact(world);
  if (!contact) return;
  const { currency, id: customer } = contact.customer;
  const amount = someAmount(dice) + 100;
  const frequency = someFrequency(dice);
  const cycles = dice.chance(0.4) ? dice.between(2, 5) : null;
  const recurring = dice.chance(0.5) ? { frequency, cycles } : undefined;
  const body = { amount: majorOf(amount, currency), recurring };
  const answer = await visit(world, contact, ["POST", "/portal/prepayments", body]);
  if (isCutOff(world, answer) || answer.body?.code === "payment.amount-not-chargeable") return;
  if (!world.decide(answer, () => undefined)) return;
  const asked = { documents: [], amount, customer, currency };
  const payment = keepPage(world, answer.body.url, asked);
  if (recurring) keepAhead(world, payment, { customer, currency, amount, cycles, frequency });
}

/** Ends one of their own, or says whether a schedule is charged by itself. */
async function chooseAhead(world: World): Promise<void> {
  const contact = await someContact(world);
  const own = (one: { readonly customer: string }) => one.customer === contact?.customer.id;
  const ahead = world.dice.maybe([...world.books.aheads.values()].filter(own));
  if (!contact || !ahead || world.dice.chance(0.5)) return;
  const path = `/portal/prepayments/${ahead.id}/cancel`;
  const answer = await visit(world, contact, ["POST", path, {}]);
  world.decide(answer, ({ aheads }) => {
    const known = aheads.get(ahead.id);
    return known ? cancelAhead(known) : "there is none";
  });
}

async function chooseAutoBill(world: World): Promise<void> {
  const contact = await someContact(world);
  const own = (one: { readonly customer: string }) => one.customer === contact?.customer.id;
  const all = [...world.books.schedules.values()].filter(own);
  const schedule = world.dice.maybe(all.filter(({ state }) => state !== "Draft"));
  if (!contact || !schedule) return;
  const enabled = world.dice.chance(0.6);
  const path = `/portal/recurring-invoices/${schedule.id}/auto-bill`;
  const answer = await visit(world, contact, ["POST", path, { enabled }]);
  world.decide(answer, ({ schedules }) => {
    const known = schedules.get(schedule.id);
    if (known?.autoBill !== "optIn" && known?.autoBill !== "optOut") return "the agency decides";
    known.chosen = enabled;
    return undefined;
  });
}

async function answerQuote(world: World): Promise<void> {
  const { dice } = world;
  const contact = await someContact(world);
  const own = (one: { readonly customer: string }) => one.customer === contact?.customer.id;
  const quote = contact && someQuote(world, (one) => own(one) && one.status !== "Draft");
  if (!quote) return;
  const isYes = dice.chance(0.8);
  const path = `/portal/quotes/${quote.id}/${isYes ? "approve" : "decline"}`;
  const answer = await visit(world, contact, ["POST", path, {}]);
  answered(world, quote, { answer, isYes, invoice: answer.body?.invoice ?? null });
}

async function saveMethod(world: World): Promise<void> {
  const { dice, stripe } = world;
  const contact = await someContact(world);
  if (!contact) return;
  const answer = await visit(world, contact, ["POST", "/portal/payment-methods", {}]);
  if (isCutOff(world, answer)) return;
  if (!world.decide(answer, () => undefined)) return;
  const number = dice.pick(["4242424242424242", "4000000000000341", "000123456789"]);
  const fields = { number, exp: "12/34", cvc: "123", name: "Ann Lee" };
  world.note(`  saves ${number}: ${await stripe.fillIn(answer.body.url, fields)}`);
}

/** Another one is charged from now on, or one never again. */
async function changeMethods(world: World): Promise<void> {
  const { dice, facts } = world;
  const contact = await someContact(world);
  if (!contact) return;
  const { body } = await visit(world, contact, ["GET", "/portal/payment-methods"]);
  const method = dice.maybe((body.docs ?? []) as Json[])?.id;
  if (!method) return;
  const path = `/portal/payment-methods/${method}`;
  const isGone = dice.chance(0.5);
  const request = isGone
    ? (["DELETE", path, {}] as const)
    : (["POST", `${path}/default`, {}] as const);
  const answer = await visit(world, contact, request);
  if (world.decide(answer, () => undefined) && isGone) facts.removed.add(method);
}

const statement = "statement?from=2027-01-01&to=2028-12-31";
const pages = ["home", "invoices", "payments", "quotes", "credits", statement, "me"] as const;

async function read(world: World): Promise<void> {
  const contact = await someContact(world);
  if (!contact) return;
  const answer = await visit(world, contact, ["GET", `/portal/${world.dice.pick(pages)}`]);
  world.decide(answer, () => undefined);
  const document = world.dice.maybe(ownOpen(world, contact));
  if (!document) return;
  const seen = await visit(world, contact, ["GET", `/portal/invoices/${document.id}`]);
  world.decide(seen, () => undefined);
}
