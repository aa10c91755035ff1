import {
  balanceOf,
  type Content,
  type Drawdown,
  drawStatusOf,
  type Invoice,
  invoiceSchema,
  isOverdue,
  remainingOf,
} from "../../../domain/billing/invoice.ts";
import type { Discount, Tax } from "../../../domain/billing/lines.ts";
import type { Currency } from "../../../domain/shared/currencies.ts";
import { formatDecimal } from "../../../domain/shared/decimal.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import type { Item as StoredItem } from "../../../domain/shared/table.store.ts";

export const applicationsShownMax = 100;

/** What a list row shows, and what every answer begins with. */
export function invoiceRow(invoice: Invoice, today: string) {
  const major = (amount: number) => toMajor(amount, invoice.currency);
  const canceled = invoice.status === "Canceled";
  return {
    id: invoice.id,
    number: invoice.number,
    customer: invoice.customer,
    isRetainer: invoice.isRetainer,
    status: invoice.status,
    date: invoice.date,
    dueDate: invoice.dueDate,
    currency: invoice.currency,
    subTotal: major(invoice.subTotal),
    discountTotal: major(invoice.discountTotal),
    netTotal: major(invoice.netTotal),
    tax: major(invoice.tax),
    extraTotal: major(invoice.extraTotal),
    total: major(invoice.total),
    paid: canceled ? 0 : major(invoice.paid),
    balance: major(balanceOf(invoice)),
    isOverdue: isOverdue(invoice, today),
    tags: invoice.tags,
    ...(invoice.drawdown ? retainerFields(invoice.drawdown, invoice.currency) : {}),
    createdAt: invoice.createdAt,
    updatedAt: invoice.updatedAt,
    version: invoice.version,
  };
}

export const invoiceRowFromIndex = (item: StoredItem, today: string) =>
  invoiceRow(invoiceSchema.parse(item), today);

function retainerFields(drawdown: Drawdown, currency: Currency) {
  const major = (amount: number) => toMajor(amount, currency);
  return {
    drawStatus: drawStatusOf(drawdown),
    retainer: {
      funded: major(drawdown.funded),
      drawn: major(drawdown.drawn),
      refunded: major(drawdown.refunded),
      remaining: major(remainingOf(drawdown)),
    },
  };
}

/** The whole document, as every call that returns an invoice answers it. */
export function invoiceView(invoice: Invoice, content: Content, today: string) {
  const { currency } = invoice;
  const major = (amount: number) => toMajor(amount, currency);
  const shown = invoice.applications.slice(-applicationsShownMax);
  return {
    ...invoiceRow(invoice, today),
    ...contentView(content, currency),
    lang: invoice.lang,
    slug: invoice.slug,
    autoApply: invoice.autoApply,
    scope: invoice.scope,
    period: invoice.period,
    poNumber: invoice.poNumber,
    scheduledFor: invoice.scheduledFor,
    issuedAt: invoice.issuedAt,
    sentAt: invoice.sentAt,
    viewedAt: invoice.viewedAt,
    canceledAt: invoice.canceledAt,
    cancelReason: content.cancelReason,
    quote: invoice.quote,
    recurring: invoice.recurring,
    applications: shown.map(({ id, payment, credit, retainer, amount, at }) => ({
      id,
      ...(payment ? { payment } : { credit }),
      retainer,
      amount: major(amount),
      at,
    })),
  };
}

/** What the lines of a document say; the same for invoices, retainers and quotes. */
export function contentView(content: Content, currency: Currency) {
  const major = (amount: number) => toMajor(amount, currency);
  return {
    billTo: content.billTo,
    shipTo: content.showShipTo,
    shipToAddress: content.showShipTo ? content.shipTo : null,
    items: content.items.map((item) => itemView(item, currency)),
    discount: discountView(content.discount, currency),
    taxes: content.taxes.map(taxView),
    taxIncluded: content.taxIncluded,
    taxTotals: content.taxTotals.map((tax) => ({ ...taxView(tax), amount: major(tax.amount) })),
    extraCharges: content.extraCharges.map(({ name, amount }) => ({ name, amount: major(amount) })),
    extraFields: content.extraFields,
    header: content.header,
    terms: content.terms,
    notes: content.notes,
  };
}

function itemView(item: Content["items"][number], currency: Currency) {
  return {
    name: item.name,
    description: item.description,
    quantity: formatDecimal(item.quantity, 6),
    price: toMajor(item.price, currency),
    discount: discountView(item.discount, currency),
    taxes: item.taxes ? item.taxes.map(taxView) : null,
    total: toMajor(item.total, currency),
  };
}

export const taxView = ({ name, rate }: Tax) => ({ name, rate: formatDecimal(rate, 4) });

export function discountView(discount: Discount | undefined, currency: Currency) {
  if (!discount) return null;
  const { type, value } = discount;
  return { type, value: type === "amount" ? toMajor(value, currency) : formatDecimal(value, 4) };
}
