import type { Answer } from "../api.ts";
import { policyFor, type QuoteFact } from "../facts.ts";
import { issue } from "../model/books.ts";
import { livingRefusal } from "../model/customers.ts";
import { totalsOf } from "../model/totals.ts";
import type { Operation } from "../operation.ts";
import type { World } from "../world.ts";
import { someCustomer } from "./choose.ts";
import { newDocument } from "./staff-documents.ts";
import { currencyNear, someTags, someTerms } from "./terms.ts";

export const staffQuotes: readonly Operation[] = [
  { name: "create-quote", weight: 4, run: createQuote },
  { name: "send-quote", weight: 4, run: sendQuote },
  { name: "answer-quote", weight: 2, run: answerQuote },
  { name: "convert-quote", weight: 2, run: convertQuote },
  { name: "cancel-quote", weight: 1, run: cancelQuote },
];

async function createQuote(world: World): Promise<void> {
  const { dice, facts } = world;
  const customer = await someCustomer(world);
  const isRetainer = dice.chance(0.5);
  const currency = currencyNear(dice, customer.currency);
  const { terms, body } = someTerms(dice, currency, isRetainer);
  const tags = someTags(dice);
  const scope = isRetainer && dice.chance(0.3) ? [dice.pick(["site", "care"])] : [];
  const autoApply = dice.chance(0.15) ? dice.pick(["always", "off"]) : null;
  const answer = await world.ask(world.staff, "POST", "/v1/quotes", {
    ...{ ...body, customer: customer.id, isRetainer, tags, scope, autoApply },
  });
  const totals = totalsOf(terms);
  const isDone = world.decide(answer, (books) =>
    totals ? livingRefusal(books, customer.id) : "a deduction is larger than its line",
  );
  if (!isDone || !totals) return;
  const { id, validUntil } = answer.body;
  facts.quotes.set(id, {
    ...{ id, customer: customer.id, currency, isRetainer, tags, scope, autoApply, validUntil },
    ...{ ...totals, status: "Draft" },
  });
}

export const someQuote = (
  { dice, facts }: World,
  isWanted: (quote: QuoteFact) => boolean,
): QuoteFact | undefined => dice.maybe([...facts.quotes.values()].filter(isWanted));

const isExpired = (world: World, { validUntil }: QuoteFact): boolean => validUntil < world.today();

async function sendQuote(world: World): Promise<void> {
  const quote = someQuote(world, ({ status }) => status === "Draft" || world.dice.chance(0.2));
  if (!quote) return;
  const isMailed = world.dice.chance(0.6);
  const path = `/v1/quotes/${quote.id}/${isMailed ? "send" : "mark-sent"}`;
  const answer = await world.ask(world.staff, "POST", path, {});
  const isDone = world.decide(answer, () => {
    if (!["Draft", "Sent"].includes(quote.status)) return "it is answered";
    return isExpired(world, quote) ? "it is expired" : undefined;
  });
  if (!isDone) return;
  quote.status = "Sent";
  if (isMailed) world.facts.events.push({ type: "quote.sent", subject: quote.id });
}

/** A yes makes it a document at once where the agency converts at once. */
export function answered(
  world: World,
  quote: QuoteFact,
  { answer, isYes, invoice }: { answer: Answer; isYes: boolean; invoice: string | null },
): void {
  const closed = () => {
    if (quote.status !== "Sent") return "it is not open";
    return isExpired(world, quote) ? "it is expired" : undefined;
  };
  const converts = isYes && world.facts.settings.autoConvert;
  const isDone = world.decide(answer, (books) => {
    const refusal = closed();
    if (refusal !== undefined || !converts) return refusal;
    return became(world, books, quote, invoice ?? "");
  });
  if (!isDone) return;
  quote.status = isYes ? (converts ? "Converted" : "Approved") : "Declined";
  const type = isYes ? "quote.approved" : "quote.declined";
  world.facts.events.push({ type, subject: quote.id });
}

function became(
  world: World,
  books: World["books"],
  quote: QuoteFact,
  id: string,
): string | undefined {
  const { customer, currency, isRetainer, tags, scope, total, tax, autoApply } = quote;
  world.facts.autoApply.set(id, autoApply);
  const known = { id, customer, currency, isRetainer, tags, scope, total, tax };
  books.documents.set(id, newDocument(known));
  return issue(books, id, policyFor(world, id, customer));
}

async function answerQuote(world: World): Promise<void> {
  const { dice } = world;
  const quote = someQuote(world, ({ status }) => status === "Sent" || dice.chance(0.1));
  if (!quote) return;
  const isYes = dice.chance(0.7);
  const path = `/v1/quotes/${quote.id}/${isYes ? "approve" : "decline"}`;
  const answer = await world.ask(world.staff, "POST", path, isYes ? { by: "Ann Lee" } : {});
  answered(world, quote, { answer, isYes, invoice: answer.body?.invoice ?? null });
}

async function convertQuote(world: World): Promise<void> {
  const quote = someQuote(
    world,
    ({ status }) => ["Sent", "Approved"].includes(status) || world.dice.chance(0.1),
  );
  if (!quote) return;
  const answer = await world.ask(world.staff, "POST", `/v1/quotes/${quote.id}/convert`, {});
  const isDone = world.decide(answer, (books) => {
    if (!["Sent", "Approved"].includes(quote.status)) return "it is not open";
    return became(world, books, quote, answer.body.id);
  });
  if (isDone) quote.status = "Converted";
}

async function cancelQuote(world: World): Promise<void> {
  const quote = someQuote(world, ({ status }) => status !== "Draft");
  if (!quote) return;
  const path = `/v1/quotes/${quote.id}/cancel`;
  const answer = await world.ask(world.staff, "POST", path, { reason: "Too late" });
  const isDone = world.decide(answer, () =>
    ["Sent", "Approved"].includes(quote.status) ? undefined : "it is not open",
  );
  if (isDone) quote.status = "Canceled";
}
