import { loadInvoice } from "../../domain/billing/invoice.store.ts";
import { type QuoteDocument, saveQuote } from "../../domain/billing/quote.store.ts";
import { type Quote, quoteSchema, quoteStatusOn } from "../../domain/billing/quote.ts";
import { toMajor } from "../../domain/shared/money.ts";
import type { GuardedWrite, Item } from "../../domain/shared/table.store.ts";
import { answerNo, answerYes } from "../api/quotes/answer-quote.ts";
import { loadSources } from "../documents/load-document.ts";
import { eventOf } from "../kit/event-record.ts";
import { type Filter, listPage } from "../kit/listing.ts";
import { type Call, operation } from "../kit/operation.ts";
import { enter } from "./enter.ts";
import { paperOf, sumsOf } from "./invoice-view.ts";
import { portalUrl } from "./links.ts";
import { ownListing, requireOwnQuote } from "./own-records.ts";
import { drawnFrom } from "./read-invoices.ts";
import { portalRoutes } from "./routes.ts";
import { trailOf, trailOfDocument } from "./trail.ts";

export const listQuotes = operation(portalRoutes.listQuotes, async (call) => {
  const { today } = await enter(call, "quotes");
  const query = call.query();
  const listing = { ...ownListing(call, "QUO"), filters: [notDraft] };
  const toRow = (item: Item) => quoteRow(quoteSchema.parse(item), today);
  return { status: 200, body: await listPage(call.tenant, { listing, query }, toRow) };
});

const notDraft: Filter = {
  expression: "#row.#status <> :draft",
  names: { "#row": "row", "#status": "status" },
  values: { ":draft": "Draft" },
};

function quoteRow(quote: Quote, today: string) {
  const { id, number, isRetainer, date, validUntil, currency } = quote;
  const status = quoteStatusOn(quote, today);
  const total = toMajor(quote.total, currency);
  return { id, number, isRetainer, status, date, validUntil, currency, total };
}

function quoteView({ quote, content }: QuoteDocument, today: string) {
  const { poNumber, period, scope, sentAt, declinedAt, declineReason, invoice } = quote;
  return {
    ...quoteRow(quote, today),
    ...paperOf(content, quote.currency),
    ...sumsOf(quote),
    ...{ poNumber, period, scope, sentAt, declinedAt, declineReason, invoice },
    approvedAt: quote.approval?.at ?? null,
    approvedBy: quote.approval?.name ?? null,
  };
}

const enterQuote = (call: Call) =>
  Promise.all([enter(call, "quotes", { isDocument: true }), requireOwnQuote(call)]);

export const getQuote = operation(portalRoutes.getQuote, async (call) => {
  const [{ today }, document] = await enterQuote(call);
  const writes = noteView(call, document.quote);
  return { status: 200, body: await withTrail(call, document, today), writes };
});

/** The quote itself, before it became anything. */
const ownTrail = (call: Call, { id, currency }: Quote) =>
  trailOf(call, {
    ...{ currency, retainers: [], payments: [], invoices: [] },
    quoted: [{ quote: id }],
  });

async function withTrail(call: Call, document: QuoteDocument, today: string) {
  const { quote } = document;
  const became = quote.invoice ? await loadInvoice(call.tenant, quote.invoice) : undefined;
  if (!became) return { ...quoteView(document, today), trail: await ownTrail(call, quote) };
  const sources = await loadSources(call.tenant, became);
  const drawn = became.isRetainer ? await drawnFrom(call, sources) : [];
  const trail = await trailOfDocument(call, became, { sources, drawn });
  return { ...quoteView(document, today), trail };
}

function noteView(call: Call, quote: Quote): GuardedWrite[] {
  if (quote.viewedAt !== null || call.principal.isStaff) return [];
  const { id: subject, customer } = quote;
  const seen = { viewedAt: call.now, updatedAt: call.now, version: quote.version + 1 };
  return [
    saveQuote(call.tenant, { ...quote, ...seen }),
    eventOf(call, { type: "quote.viewed", subject, customer }),
  ];
}

/** The yes, the invoice and its number are one transaction; the contact goes on to pay. */
export const approveQuote = operation(portalRoutes.approveQuote, async (call) => {
  const [{ agency, contact }, document] = await enterQuote(call);
  const { name = null, terms = false, poNumber = null } = call.body();
  const { actor } = call.principal;
  const command = { name, poNumber, actor, acceptedTerms: terms, byStaff: false };
  const { invoice, writes } = await answerYes(call, document, {
    ...command,
    // A click is enough where no signature is asked for; it is still somebody's.
    name: name ?? (agency.settings.quote.requireSignature ? null : nameOrEmail(contact)),
  });
  const id = invoice?.invoice.id ?? null;
  const payUrl = id && portalUrl(call.deps, agency, `invoices/${id}`);
  return { status: 200, body: { quote: document.quote.id, invoice: id, payUrl }, writes };
});

const nameOrEmail = (contact: {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string;
}): string => [contact.firstName, contact.lastName].filter(Boolean).join(" ") || contact.email;

export const declineQuote = operation(portalRoutes.declineQuote, async (call) => {
  const [{ today }, document] = await enterQuote(call);
  const { reason = null } = call.body();
  const answered = await answerNo(call, document, reason);
  const body = {
    ...quoteView(answered.document, today),
    trail: await ownTrail(call, answered.document.quote),
  };
  return { status: 200, body, writes: answered.writes };
});
