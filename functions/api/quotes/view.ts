import type { Content } from "../../../domain/billing/invoice.ts";
import { loadQuote, type QuoteDocument } from "../../../domain/billing/quote.store.ts";
import { type Quote, quoteSchema, quoteStatusOn } from "../../../domain/billing/quote.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { Item } from "../../../domain/shared/table.store.ts";
import type { Call, Outcome } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { contentView } from "../billing/view.ts";

export async function requireQuote(call: Call): Promise<QuoteDocument> {
  const found = await loadQuote(call.tenant, call.params.id ?? "");
  if (!found) throw new Refused(refuse("quote.not-found", "There is no such quote."));
  return found;
}

export function quoteRow(quote: Quote, today: string) {
  const major = (amount: number) => toMajor(amount, quote.currency);
  return {
    id: quote.id,
    number: quote.number,
    customer: quote.customer,
    isRetainer: quote.isRetainer,
    status: quoteStatusOn(quote, today),
    date: quote.date,
    validUntil: quote.validUntil,
    currency: quote.currency,
    subTotal: major(quote.subTotal),
    discountTotal: major(quote.discountTotal),
    netTotal: major(quote.netTotal),
    tax: major(quote.tax),
    extraTotal: major(quote.extraTotal),
    total: major(quote.total),
    tags: quote.tags,
    invoice: quote.invoice,
    createdAt: quote.createdAt,
    updatedAt: quote.updatedAt,
    version: quote.version,
  };
}

export const quoteRowFromIndex = (item: Item, today: string) =>
  quoteRow(quoteSchema.parse(item), today);

export function quoteView(quote: Quote, content: Content, today: string) {
  return {
    ...quoteRow(quote, today),
    ...contentView(content, quote.currency),
    lang: quote.lang,
    slug: quote.slug,
    autoApply: quote.autoApply,
    scope: quote.scope,
    period: quote.period,
    poNumber: quote.poNumber,
    sentAt: quote.sentAt,
    viewedAt: quote.viewedAt,
    approvedAt: quote.approval?.at ?? null,
    approvedBy: quote.approval?.name ?? null,
    declinedAt: quote.declinedAt,
    declineReason: quote.declineReason,
  };
}

/** The answer of every call that returns a quote. */
export async function quoteReplyOf(
  call: Call,
  { quote, content }: QuoteDocument,
  status = 200,
): Promise<Pick<Outcome, "status" | "body">> {
  const { settings } = await call.agency();
  return { status, body: quoteView(quote, content, dayIn(call.now, settings.timeZone)) };
}
