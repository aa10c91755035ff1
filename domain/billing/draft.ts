import type { Address } from "../shared/address.ts";
import type { Currency } from "../shared/currencies.ts";
import type { Id } from "../shared/ids.ts";
import { type Refusal, refuse } from "../shared/refusals.ts";
import type { AutoApply } from "../shared/terms.ts";
import type { Content, Invoice } from "./invoice.ts";
import { type Discount, type DocumentLines, type Tax, type Totals, totalLines } from "./lines.ts";

export interface ItemTerms {
  readonly name: string;
  readonly description: string | null;
  readonly quantity: number;
  readonly price: number;
  readonly discount?: Discount | undefined;
  readonly taxes?: Tax[] | undefined;
}

/** All that a caller decides about an invoice, retainer or quote; minor units and scaled integers. */
export interface DocumentTerms {
  readonly customer: Id<"customer">;
  readonly isRetainer: boolean;
  readonly number: string | null;
  readonly date: string;
  readonly dueDate: string;
  readonly currency: Currency;
  readonly lang: string | null;
  readonly items: readonly ItemTerms[];
  readonly discount: Discount | null;
  readonly taxes: Tax[];
  readonly taxIncluded: boolean;
  readonly extraCharges: { name: string; amount: number }[];
  readonly extraFields: { name: string; value: string }[];
  readonly header: string | null;
  readonly terms: string | null;
  readonly notes: string | null;
  readonly tags: string[];
  readonly showShipTo: boolean;
  readonly slug: string | null;
  readonly autoApply: AutoApply | null;
  readonly scope: string[];
  readonly period: { from: string; to: string } | null;
  readonly poNumber: string | null;
}

export interface Parties {
  readonly billTo: Address;
  readonly shipTo: Address | null;
}

/** A retainer is taxed when an invoice draws on it, not before. */
export function totalTerms(terms: DocumentTerms): { ok: true; totals: Totals } | Refusal {
  const taxed = terms.taxes.length > 0 || terms.items.some(({ taxes }) => (taxes ?? []).length > 0);
  if (terms.isRetainer && taxed) {
    return refuse("retainer.taxed", "Tax falls on the invoices that draw on a retainer.");
  }
  const totalled = totalLines(linesOf(terms));
  if (totalled.ok) return totalled;
  return totalled.reason === "negative"
    ? refuse("invoice.total-negative", "A discount is larger than what it is taken from.")
    : refuse("invoice.total-too-large", "Amounts have at most 15 digits.");
}

const linesOf = (terms: DocumentTerms): DocumentLines => ({
  currency: terms.currency,
  items: terms.items,
  discount: terms.discount ?? undefined,
  taxes: terms.taxes,
  taxIncluded: terms.taxIncluded,
  extraCharges: terms.extraCharges,
});

/** The head of a new draft. */
export function newInvoice(
  { terms, totals }: { readonly terms: DocumentTerms; readonly totals: Totals },
  { id, now }: { readonly id: Id<"invoice">; readonly now: string },
): Invoice {
  return {
    id,
    ...headFields(terms, totals),
    isRetainer: terms.isRetainer,
    status: "Draft",
    paid: 0,
    applications: [],
    drawdown: terms.isRetainer ? { funded: 0, drawn: 0, refunded: 0 } : null,
    pendingPayments: [],
    checkout: null,
    sentAt: null,
    viewedAt: null,
    issuedAt: null,
    canceledAt: null,
    scheduledFor: null,
    quote: null,
    recurring: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

/** The head with other terms; what money did to it stays. */
export const withTerms = (invoice: Invoice, terms: DocumentTerms, totals: Totals): Invoice => ({
  ...invoice,
  ...headFields(terms, totals),
});

function headFields(terms: DocumentTerms, totals: Totals) {
  return {
    customer: terms.customer,
    number: terms.number,
    date: terms.date,
    dueDate: terms.dueDate,
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

export function contentOf(terms: DocumentTerms, totals: Totals, parties: Parties): Content {
  return {
    items: terms.items.map((item, index) => ({ ...item, total: totals.lineTotals[index] ?? 0 })),
    discount: terms.discount ?? undefined,
    taxes: terms.taxes,
    taxIncluded: terms.taxIncluded,
    taxTotals: [...totals.taxes],
    extraCharges: terms.extraCharges,
    extraFields: terms.extraFields,
    header: terms.header,
    terms: terms.terms,
    notes: terms.notes,
    showShipTo: terms.showShipTo,
    billTo: parties.billTo,
    shipTo: parties.shipTo,
    cancelReason: null,
    changedBy: null,
  };
}

/** The terms that a stored document stands for, so that a change can name only what differs. */
export function termsOf(invoice: Invoice, content: Content): DocumentTerms {
  return {
    customer: invoice.customer,
    isRetainer: invoice.isRetainer,
    number: invoice.number,
    date: invoice.date,
    dueDate: invoice.dueDate,
    currency: invoice.currency,
    lang: invoice.lang,
    items: content.items.map(({ total: _total, ...item }) => item),
    discount: content.discount ?? null,
    taxes: content.taxes,
    taxIncluded: content.taxIncluded,
    extraCharges: content.extraCharges,
    extraFields: content.extraFields,
    header: content.header,
    terms: content.terms,
    notes: content.notes,
    tags: invoice.tags,
    showShipTo: content.showShipTo,
    slug: invoice.slug,
    autoApply: invoice.autoApply,
    scope: invoice.scope,
    period: invoice.period,
    poNumber: invoice.poNumber,
  };
}

/** What of the terms decides about money: while it is equal, a paid document may still change. */
export function moneyTermsOf(terms: DocumentTerms): string {
  const { customer, currency, items, discount, taxes, taxIncluded, extraCharges, scope } = terms;
  const lines = items.map(({ quantity, price, discount: less, taxes: own }) => [
    ...[quantity, price, less ?? null, own ?? null],
  ]);
  return JSON.stringify([
    ...[customer, currency, lines, discount, taxes, taxIncluded, extraCharges, scope],
  ]);
}
