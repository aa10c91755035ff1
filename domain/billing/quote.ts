import * as z from "zod";
import type { Settings } from "../agencies/agency.ts";
import type { Id } from "../shared/ids.ts";
import { type Actor, actorSchema } from "../shared/journal.ts";
import { type Refusal, refuse } from "../shared/refusals.ts";
import {
  amountSchema,
  currencySchema,
  daySchema,
  idOf,
  instantSchema,
  list,
  maybe,
  recordFields,
} from "../shared/schema.ts";
import { autoApplyModes } from "../shared/terms.ts";
import type { DocumentTerms } from "./draft.ts";
import { type Content, periodSchema } from "./invoice.ts";
import type { Totals } from "./lines.ts";

export const quoteStatuses = [
  "Draft",
  "Sent",
  "Approved",
  "Declined",
  "Expired",
  "Canceled",
  "Converted",
] as const;
export type QuoteStatus = (typeof quoteStatuses)[number];

export const approvalSchema = z.object({
  at: instantSchema,
  /** As typed by the contact, or as staff were told. */
  name: maybe(z.string()),
  actor: actorSchema,
  acceptedTerms: z.boolean().default(false),
});
export type Approval = z.infer<typeof approvalSchema>;

/** A proposal. Its lines are kept apart, as an invoice's are. `Expired` is a matter of the day. */
export const quoteSchema = z.object({
  id: idOf("quote"),
  customer: idOf("customer"),
  isRetainer: z.boolean(),
  status: z.enum(quoteStatuses),
  number: maybe(z.string()),
  date: daySchema,
  validUntil: daySchema,
  /** The last day whose end was told. */
  expiredOn: maybe(daySchema),
  currency: currencySchema,
  subTotal: amountSchema,
  discountTotal: amountSchema,
  netTotal: amountSchema,
  tax: amountSchema,
  extraTotal: amountSchema,
  total: amountSchema,
  tags: list(z.string()),
  scope: list(z.string()),
  period: maybe(periodSchema),
  poNumber: maybe(z.string()),
  autoApply: maybe(z.enum(autoApplyModes)),
  slug: maybe(z.string()),
  lang: maybe(z.string()),
  sentAt: maybe(instantSchema),
  viewedAt: maybe(instantSchema),
  approval: maybe(approvalSchema),
  declinedAt: maybe(instantSchema),
  declineReason: maybe(z.string()),
  invoice: maybe(idOf("invoice")),
  ...recordFields,
});
export type Quote = z.infer<typeof quoteSchema>;

/** Valid through its last day, in the agency's zone. */
export function quoteStatusOn(quote: Quote, today: string): QuoteStatus {
  return quote.status === "Sent" && quote.validUntil < today ? "Expired" : quote.status;
}

export const isQuoteChangeable = ({ status }: Quote): boolean =>
  status === "Draft" || status === "Sent";

export function newQuote(
  { terms, totals }: { readonly terms: DocumentTerms; readonly totals: Totals },
  { id, now }: { readonly id: Id<"quote">; readonly now: string },
): Quote {
  return {
    id,
    ...quoteFields(terms, totals),
    isRetainer: terms.isRetainer,
    status: "Draft",
    expiredOn: null,
    sentAt: null,
    viewedAt: null,
    approval: null,
    declinedAt: null,
    declineReason: null,
    invoice: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

export const quoteWithTerms = (quote: Quote, terms: DocumentTerms, totals: Totals): Quote => ({
  ...quote,
  ...quoteFields(terms, totals),
});

/** A quote's `validUntil` takes the place of a due date. */
function quoteFields(terms: DocumentTerms, totals: Totals) {
  return {
    customer: terms.customer,
    number: terms.number,
    date: terms.date,
    validUntil: terms.dueDate,
    currency: terms.currency,
    subTotal: totals.subTotal,
    discountTotal: totals.discountTotal,
    netTotal: totals.netTotal,
    tax: totals.tax,
    extraTotal: totals.extraTotal,
    total: totals.total,
    tags: terms.tags,
    scope: terms.scope,
    period: terms.period,
    poNumber: terms.poNumber,
    autoApply: terms.autoApply,
    slug: terms.slug,
    lang: terms.lang,
  };
}

export interface ApproveQuote {
  readonly name: string | null;
  readonly acceptedTerms: boolean;
  readonly poNumber: string | null;
  readonly actor: Actor;
  /** Staff approve on the customer's word: their `by` is the name, and terms were agreed elsewhere. */
  readonly byStaff: boolean;
}

/** What the agency requires of an approval is required here, whatever the page asked for. */
export function approveQuote(
  quote: Quote,
  command: ApproveQuote,
  { now, today, settings }: { now: string; today: string; settings: Settings["quote"] },
): { readonly ok: true; readonly quote: Quote } | Refusal {
  const closed = refuseClosed(quote, today);
  if (closed) return closed;
  const missing = refuseIncomplete(quote, command, settings);
  if (missing) return missing;
  const { name, actor, acceptedTerms } = command;
  return {
    ok: true,
    quote: {
      ...quote,
      status: "Approved",
      poNumber: command.poNumber ?? quote.poNumber,
      approval: { at: now, name, actor, acceptedTerms },
      updatedAt: now,
      version: quote.version + 1,
    },
  };
}

function refuseClosed(quote: Quote, today: string): Refusal | undefined {
  const status = quoteStatusOn(quote, today);
  if (status === "Sent") return undefined;
  if (status === "Expired") {
    return refuse("quote.expired", `The quote was valid until ${quote.validUntil}.`);
  }
  return refuse("quote.not-open", `The quote is ${status}.`);
}

function refuseIncomplete(
  quote: Quote,
  command: ApproveQuote,
  settings: Settings["quote"],
): Refusal | undefined {
  const needed = (pointer: string) => [{ pointer, detail: "is required" }];
  if (settings.requireSignature && !command.name) {
    return refuse("quote.name-required", "Type your name to approve.", needed("#/name"));
  }
  if (settings.requireTerms && !command.acceptedTerms && !command.byStaff) {
    return refuse("quote.terms-required", "Accept the terms to approve.", needed("#/terms"));
  }
  if (settings.requirePoNumber && !(command.poNumber ?? quote.poNumber)) {
    return refuse("quote.po-number-required", "Give a PO number.", needed("#/poNumber"));
  }
  return undefined;
}

export function declineQuote(
  quote: Quote,
  command: { readonly reason: string | null },
  { now, today }: { readonly now: string; readonly today: string },
): { readonly ok: true; readonly quote: Quote } | Refusal {
  const closed = refuseClosed(quote, today);
  if (closed) return closed;
  return {
    ok: true,
    quote: {
      ...quote,
      status: "Declined",
      declinedAt: now,
      declineReason: command.reason,
      updatedAt: now,
      version: quote.version + 1,
    },
  };
}

/** The terms of the invoice or retainer that a quote becomes, dated on the day it does. */
export function termsOfQuote(
  quote: Quote,
  content: Content,
  { date, dueDate }: { readonly date: string; readonly dueDate: string },
): DocumentTerms {
  return {
    customer: quote.customer,
    isRetainer: quote.isRetainer,
    number: null,
    date,
    dueDate,
    currency: quote.currency,
    lang: quote.lang,
    items: content.items.map(({ total: _total, ...item }) => item),
    discount: content.discount ?? null,
    taxes: content.taxes,
    taxIncluded: content.taxIncluded,
    extraCharges: content.extraCharges,
    extraFields: content.extraFields,
    header: content.header,
    terms: content.terms,
    notes: content.notes,
    tags: quote.tags,
    showShipTo: content.showShipTo,
    slug: null,
    autoApply: quote.autoApply,
    scope: quote.scope,
    period: quote.period,
    poNumber: quote.poNumber,
  };
}
