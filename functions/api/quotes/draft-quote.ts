import { contentOf, type DocumentTerms, totalTerms } from "../../../domain/billing/draft.ts";
import {
  type QuoteDocument,
  removeQuote,
  saveQuote,
  saveQuoteContent,
} from "../../../domain/billing/quote.store.ts";
import {
  isQuoteChangeable,
  newQuote,
  quoteWithTerms,
  termsOfQuote,
} from "../../../domain/billing/quote.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { release, reserve } from "../../../domain/shared/unique.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { orRefuse, Refused, repointed } from "../../kit/refused.ts";
import { type Party, partyOf, requireCustomer } from "../billing/party.ts";
import { changeTerms, termsFrom } from "../billing/terms.ts";
import { quotesRoutes } from "./routes.ts";
import { quoteReplyOf, requireQuote } from "./view.ts";

/** What an invoice calls its due date is a quote's last day. */
const asQuoted = <T>(work: () => T): Promise<T> =>
  repointed((pointer) => pointer.replace(/^#\/dueDate$/, "#/validUntil"), work);

export const createQuote = operation(quotesRoutes.createQuote, async (call) => {
  const { validUntil, ...body } = call.body();
  const [agency, party] = await Promise.all([call.agency(), partyOf(call, body.customer)]);
  const today = dayIn(call.now, agency.settings.timeZone);
  const given = { ...body, dueDate: validUntil };
  const terms = await asQuoted(() => termsFrom(given, { agency, customer: party.customer, today }));
  const { totals } = orRefuse(totalTerms(terms));
  const id = newId("quote", Date.parse(call.now), call.deps.random(10));
  const quote = newQuote({ terms, totals }, { id, now: call.now });
  const content = contentOf(terms, totals, party.customer);
  return {
    ...(await quoteReplyOf(call, { quote, content }, 201)),
    writes: [
      ...party.writes,
      saveQuote(call.tenant, quote),
      saveQuoteContent(call.tenant, id, content),
      ...numberGuard(call, terms.number, id),
      eventOf(call, { type: "quote.created", subject: id, customer: quote.customer }),
    ],
  };
});

const numberGuard = (call: Call, number: string | null, owner: string): GuardedWrite[] =>
  number
    ? [reserve(call.tenant, { what: "number", value: number, owner }, "invoice.number-taken")]
    : [];

export const replaceQuote = operation(quotesRoutes.replaceQuote, async (call) => {
  const before = await requireQuote(call);
  const { validUntil, ...body } = call.body();
  const [agency, party] = await Promise.all([call.agency(), partyOf(call, body.customer)]);
  const today = dayIn(call.now, agency.settings.timeZone);
  const { isRetainer, number, status } = before.quote;
  const given = { ...body, dueDate: validUntil, isRetainer };
  const terms = await asQuoted(() => termsFrom(given, { agency, customer: party.customer, today }));
  const kept = status !== "Draft" && body.number === undefined ? { ...terms, number } : terms;
  return change(call, before, { terms: kept, kindGiven: body.isRetainer, party });
});

export const patchQuote = operation(quotesRoutes.patchQuote, async (call) => {
  const before = await requireQuote(call);
  const { validUntil, ...body } = call.body();
  const { quote, content } = before;
  const party = body.customer
    ? await partyOf(call, body.customer)
    : { customer: await requireCustomer(call, quote.customer), writes: [] };
  const dates = { date: quote.date, dueDate: quote.validUntil };
  const known = { ...termsOfQuote(quote, content, dates), number: quote.number, slug: quote.slug };
  const given = validUntil === undefined ? body : { ...body, dueDate: validUntil };
  const changed = await asQuoted(() => changeTerms(known, given, {}));
  const terms = { ...changed, customer: party.customer.id };
  return change(call, before, { terms, kindGiven: body.isRetainer, party });
});

interface Changed {
  readonly terms: DocumentTerms;
  readonly kindGiven: boolean | undefined;
  readonly party: Party;
}

/** A quote may change until somebody answered it; the contact then sees the new terms. */
async function change(call: Call, before: QuoteDocument, { terms, kindGiven, party }: Changed) {
  const { quote } = before;
  call.requireVersion(quote);
  if (kindGiven !== undefined && kindGiven !== quote.isRetainer) {
    throw new Refused(refuse("invoice.kind-fixed", "Make a new quote of the other kind."));
  }
  if (!isQuoteChangeable(quote)) {
    throw new Refused(refuse("quote.not-open", `The quote is ${quote.status}.`));
  }
  if (quote.status !== "Draft" && terms.number !== quote.number) {
    throw new Refused(refuse("quote.not-open", "The number of a sent quote stays."));
  }
  const { totals } = orRefuse(totalTerms(terms));
  const next = {
    ...quoteWithTerms(quote, terms, totals),
    updatedAt: call.now,
    version: quote.version + 1,
  };
  const content = contentOf(terms, totals, party.customer);
  const moved = next.number !== quote.number;
  return {
    ...(await quoteReplyOf(call, { quote: next, content })),
    writes: [
      ...party.writes,
      saveQuote(call.tenant, next),
      saveQuoteContent(call.tenant, quote.id, content),
      ...(moved && quote.number ? [release(call.tenant, "number", quote.number)] : []),
      ...(moved ? numberGuard(call, next.number, quote.id) : []),
      eventOf(call, { type: "quote.updated", subject: quote.id, customer: next.customer }),
    ],
  };
}

export const deleteQuote = operation(quotesRoutes.deleteQuote, async (call) => {
  const { quote } = await requireQuote(call);
  call.body();
  call.requireVersion(quote);
  if (quote.status !== "Draft") {
    throw new Refused(refuse("quote.not-open", "Only a draft is deleted; cancel it instead."));
  }
  return {
    status: 204,
    writes: [
      ...removeQuote(call.tenant, quote),
      ...(quote.number ? [release(call.tenant, "number", quote.number)] : []),
      eventOf(call, { type: "quote.deleted", subject: quote.id, customer: quote.customer }),
    ],
  };
});
