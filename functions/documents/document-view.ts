import type { InvoiceDocument } from "../../domain/billing/invoice.store.ts";
import type { Content } from "../../domain/billing/invoice.ts";
import { balanceOf, type Invoice, remainingOf } from "../../domain/billing/invoice.ts";
import type { QuoteDocument } from "../../domain/billing/quote.store.ts";
import { quoteStatusOn } from "../../domain/billing/quote.ts";
import { dayIn } from "../../domain/shared/calendar.ts";
import type { DocumentView, Minor, PaperView } from "../pdf/view.ts";
import { linesOf, type Speaker, taxName } from "./line-view.ts";
import { methodName } from "./method-name.ts";
import { type PaidFrom, paidFrom, type Sources } from "./paid-from.ts";
import { addressLines, type PaperSource, paperView, paymentInstructions } from "./paper-view.ts";

export interface DocumentSource extends PaperSource, InvoiceDocument {
  readonly sources: Sources;
}

/**
 * Every figure that a customer reads of an invoice or retainer comes from here: PDF and mail take
 * this view, so neither can say another total than the other. Without a locale: the document's own.
 */
export function documentView(source: DocumentSource, locale?: string): DocumentView {
  const { agency, invoice, content, sources } = source;
  const paid = paidFrom(invoice, sources);
  const paper = paperOf(source, { ...invoice, billTo: content.billTo }, locale);
  const { drawdown } = invoice;
  const instructions = paymentInstructions(agency);
  return assertAddsUp({
    ...paper,
    kind: invoice.isRetainer ? "retainer" : "invoice",
    status: invoice.status,
    number: invoice.number,
    date: invoice.date,
    dueDate: invoice.dueDate,
    ...headFields(invoice),
    ...contentFields(content, paper),
    ...paidFields(paid, paper),
    balance: balanceOf(invoice),
    ...(drawdown ? { retainer: { ...drawdown, remaining: remainingOf(drawdown) } } : {}),
    ...(instructions ? { paymentInstructions: instructions } : {}),
  });
}

export interface QuoteSource extends PaperSource, QuoteDocument {
  readonly now: string;
}

export function quoteView(source: QuoteSource, locale?: string): DocumentView {
  const { agency, quote, content, now } = source;
  const paper = paperOf(source, { ...quote, billTo: content.billTo }, locale);
  const today = dayIn(now, agency.settings.timeZone);
  return {
    ...paper,
    kind: "quote",
    status: quoteStatusOn(quote, today),
    number: quote.number,
    date: quote.date,
    validUntil: quote.validUntil,
    ...headFields(quote),
    ...contentFields(content, paper),
    ...paidFields({ retainers: [], payments: [], credits: [] }, paper),
    balance: 0,
    ...(quote.isRetainer ? { retainer: { funded: 0, drawn: 0, refunded: 0, remaining: 0 } } : {}),
  };
}

function paperOf(
  source: PaperSource,
  told: Parameters<typeof paperView>[1],
  locale: string | undefined,
): PaperView {
  return paperView(source, locale === undefined ? told : { ...told, lang: locale });
}

type Head = Pick<Invoice, "subTotal" | "discountTotal" | "total" | "period" | "poNumber">;

const headFields = ({ subTotal, discountTotal, total, period, poNumber }: Head) => ({
  ...{ subTotal, discountTotal, total },
  ...(period ? { period } : {}),
  ...(poNumber ? { poNumber } : {}),
});

function contentFields(content: Content, speaker: Speaker) {
  const { header, terms, notes, shipTo, showShipTo } = content;
  return {
    lines: linesOf(content, speaker),
    taxes: content.taxTotals.map((tax) => ({
      name: taxName(tax, speaker.locale),
      amount: tax.amount,
    })),
    taxIncluded: content.taxIncluded,
    extraCharges: content.extraCharges,
    extraFields: content.extraFields,
    ...(showShipTo && shipTo ? { shipTo: { lines: addressLines(shipTo) } } : {}),
    ...(header ? { header } : {}),
    ...(terms ? { terms } : {}),
    ...(notes ? { notes } : {}),
  };
}

const paidFields = ({ retainers, payments, credits }: PaidFrom, { locale }: PaperView) => ({
  retainersDrawn: retainers.map(({ number, date, amount }) => ({ number, date, amount })),
  paymentsReceived: payments.map(({ at, how, amount }) => ({
    date: at,
    method: methodName(how, locale),
    amount,
  })),
  creditsApplied: credits.map(({ number, date, amount }) => ({ number, date, amount })),
});

const sumOf = (lines: readonly { readonly amount: Minor }[]): Minor =>
  lines.reduce((sum, { amount }) => sum + amount, 0);

/** A paper whose lines don't lead to what it asks for is a bug, and stays in the house. */
function assertAddsUp(view: DocumentView): DocumentView {
  if (view.status === "Canceled" || view.status === "Refunded") return view;
  const { retainersDrawn, paymentsReceived, creditsApplied } = view;
  const paid = [retainersDrawn, paymentsReceived, creditsApplied].map(sumOf);
  const rest = view.total - paid.reduce((sum, amount) => sum + amount, 0);
  if (Math.max(0, rest) === view.balance) return view;
  throw new Error(`${view.number} asks for ${view.balance}, its lines leave ${rest}`);
}
