import type { Agency } from "../../domain/agencies/agency.ts";
import type { InvoiceDocument } from "../../domain/billing/invoice.store.ts";
import {
  balanceOf,
  type Content,
  type Invoice,
  invoiceSchema,
  isOpen,
} from "../../domain/billing/invoice.ts";
import { minimumIn } from "../../domain/portal/minimum.ts";
import type { Currency } from "../../domain/shared/currencies.ts";
import { toMajor } from "../../domain/shared/money.ts";
import type { Item } from "../../domain/shared/table.store.ts";
import { contentView, invoiceRow as fullRow } from "../api/billing/view.ts";
import { type PaidFrom, paidFrom, type Sources } from "../documents/paid-from.ts";

export function invoiceRow(invoice: Invoice, today: string) {
  const row = fullRow(invoice, today);
  const { id, number, isRetainer, status, date, dueDate, currency } = row;
  const { total, paid, balance, isOverdue, tags } = row;
  return {
    ...{ id, number, isRetainer, status, date, dueDate, currency },
    ...{ total, paid, balance, isOverdue, tags },
    drawStatus: row.drawStatus ?? null,
    retainer: row.retainer ?? null,
  };
}

export const invoiceRowFromIndex = (item: Item, today: string) =>
  invoiceRow(invoiceSchema.parse(item), today);

/** What the paper shows, of invoices and quotes alike. */
export function paperOf(content: Content, currency: Currency) {
  const { shipTo: _shows, shipToAddress, items, ...rest } = contentView(content, currency);
  return {
    ...rest,
    shipTo: shipToAddress,
    items: items.map((item) => ({ ...item, taxes: item.taxes ?? [] })),
  };
}

export function sumsOf(
  document: Pick<
    Invoice,
    "subTotal" | "discountTotal" | "netTotal" | "tax" | "extraTotal" | "currency"
  >,
) {
  const major = (amount: number) => toMajor(amount, document.currency);
  return {
    subTotal: major(document.subTotal),
    discountTotal: major(document.discountTotal),
    netTotal: major(document.netTotal),
    tax: major(document.tax),
    extraTotal: major(document.extraTotal),
  };
}

export interface Drawn {
  readonly invoice: { readonly id: string; readonly number: string | null };
  readonly amount: number;
  readonly at: string;
}

export function invoiceView(
  { invoice, content }: InvoiceDocument,
  more: {
    readonly agency: Agency;
    readonly today: string;
    readonly sources: Sources;
    readonly drawn: readonly Drawn[];
  },
) {
  const { currency, poNumber, period, scope, sentAt, canceledAt, quote, recurring } = invoice;
  return {
    ...invoiceRow(invoice, more.today),
    ...paperOf(content, currency),
    ...sumsOf(invoice),
    ...{ poNumber, period, scope, sentAt, canceledAt, quote, recurring },
    ...paidView(invoice, paidFrom(invoice, more.sources)),
    drawnBy: more.drawn.map((one) => ({ ...one, amount: toMajor(one.amount, currency) })),
    pay: payOf(more.agency, invoice),
  };
}

function paidView(invoice: Invoice, paid: PaidFrom) {
  const major = (amount: number) => toMajor(amount, invoice.currency);
  const payments = paid.payments.map(({ id, number, how, at, amount }) => ({
    ...{ id, number, method: how.method, at },
    amount: major(amount),
  }));
  return {
    fromRetainers: paid.retainers.map((one) => ({ ...one, amount: major(one.amount) })),
    fromPayments: invoice.isRetainer ? [] : payments,
    fromCredits: paid.credits.map(({ id, number, amount }) => ({
      ...{ id, number },
      amount: major(amount),
      at: lastAppliedAt(invoice, id),
    })),
    fundedBy: invoice.isRetainer ? payments : [],
  };
}

const lastAppliedAt = ({ applications, updatedAt }: Invoice, credit: string): string =>
  applications.findLast((one) => one.credit === credit)?.at ?? updatedAt;

/** What the panel beside the paper offers. The server holds the contact to the same rules. */
function payOf({ stripe, settings }: Agency, invoice: Invoice) {
  if (!stripe?.chargesEnabled || !isOpen(invoice)) return null;
  const { currency } = invoice;
  const least = leastPayment(settings, invoice);
  return {
    amount: toMajor(balanceOf(invoice), currency),
    minimum: least === null ? null : toMajor(least, currency),
    mayOverpay: settings.overPayment,
  };
}

/** The smallest part that may be paid; null: only the whole. */
export function leastPayment(
  { underPayment, currency }: Agency["settings"],
  invoice: Invoice,
): number | null {
  if (!underPayment.allowed) return null;
  const minimum = minimumIn({ amount: underPayment.minimum, currency }, invoice.currency);
  return Math.min(Math.max(minimum, 1), balanceOf(invoice));
}
