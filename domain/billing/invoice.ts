import * as z from "zod";
import { retainerRefSchema } from "../customers/account.ts";
import { addressSchema } from "../shared/address.ts";
import { actorSchema } from "../shared/journal.ts";
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

export const invoiceStatuses = [
  "Draft",
  "Unpaid",
  "Pending",
  "Partial",
  "Paid",
  "Refunded",
  "Canceled",
] as const;
export type InvoiceStatus = (typeof invoiceStatuses)[number];

import { autoApplyModes } from "../shared/terms.ts";

/** An invoice keeps its applications in its head, and canceling undoes them in one transaction (each with its payment and retainer): hence the bound. */
export const applicationsPerInvoiceMax = 30;

export const invoiceApplicationSchema = z.object({
  id: idOf("application"),
  payment: maybe(idOf("payment")),
  credit: maybe(idOf("credit")),
  retainer: maybe(retainerRefSchema),
  amount: amountSchema,
  at: instantSchema,
});
export type InvoiceApplication = z.infer<typeof invoiceApplicationSchema>;

/** What money did to a retainer: funded = drawn + refunded + remaining. */
export const drawdownSchema = z.object({
  funded: amountSchema,
  drawn: amountSchema,
  refunded: amountSchema,
});
export type Drawdown = z.infer<typeof drawdownSchema>;

export const periodSchema = z.object({ from: daySchema, to: daySchema });

/** The head of an invoice or retainer: all that money decisions and list rows need. Lines are apart. */
export const invoiceSchema = z.object({
  id: idOf("invoice"),
  customer: idOf("customer"),
  isRetainer: z.boolean(),
  status: z.enum(invoiceStatuses),
  number: maybe(z.string()),
  date: daySchema,
  dueDate: daySchema,
  currency: currencySchema,
  subTotal: amountSchema,
  discountTotal: amountSchema,
  netTotal: amountSchema,
  tax: amountSchema,
  extraTotal: amountSchema,
  total: amountSchema,
  /** Applied to an invoice; received for a retainer. */
  paid: amountSchema,
  applications: list(invoiceApplicationSchema),
  drawdown: maybe(drawdownSchema),
  /** Bank debits on their way; while there is one the document is Pending. */
  pendingPayments: list(idOf("payment")),
  /** The payment id of the one open checkout. */
  checkout: maybe(idOf("payment")),
  tags: list(z.string()),
  scope: list(z.string()),
  period: maybe(periodSchema),
  poNumber: maybe(z.string()),
  autoApply: maybe(z.enum(autoApplyModes)),
  slug: maybe(z.string()),
  lang: maybe(z.string()),
  sentAt: maybe(instantSchema),
  viewedAt: maybe(instantSchema),
  issuedAt: maybe(instantSchema),
  canceledAt: maybe(instantSchema),
  scheduledFor: maybe(daySchema),
  quote: maybe(idOf("quote")),
  recurring: maybe(idOf("recurring")),
  ...recordFields,
});
export type Invoice = z.infer<typeof invoiceSchema>;

export const taxSchema = z.object({ name: z.string(), rate: z.number().int() });
export const discountSchema = z.object({
  type: z.enum(["amount", "percent"]),
  value: z.number().int(),
});

export const itemSchema = z.object({
  name: z.string(),
  description: maybe(z.string()),
  quantity: z.number().int(),
  price: z.number().int(),
  discount: z.optional(discountSchema),
  taxes: z.optional(z.array(taxSchema)),
  total: amountSchema,
});
export type Item = z.infer<typeof itemSchema>;

/** The part of a document that only reading it needs, kept apart so that money writes stay small. */
export const contentSchema = z.object({
  items: z.array(itemSchema),
  discount: z.optional(discountSchema),
  taxes: list(taxSchema),
  taxIncluded: z.boolean(),
  taxTotals: list(z.object({ name: z.string(), rate: z.number().int(), amount: amountSchema })),
  extraCharges: list(z.object({ name: z.string(), amount: amountSchema })),
  extraFields: list(z.object({ name: z.string(), value: z.string() })),
  header: maybe(z.string()),
  terms: maybe(z.string()),
  notes: maybe(z.string()),
  showShipTo: z.boolean().default(false),
  /** As they stood when the document was made or, later, issued. */
  billTo: maybe(addressSchema),
  shipTo: maybe(addressSchema),
  cancelReason: maybe(z.string()),
  changedBy: maybe(actorSchema),
});
export type Content = z.infer<typeof contentSchema>;

export const isOpen = (invoice: Invoice): boolean =>
  invoice.status === "Unpaid" || invoice.status === "Partial";

export const isIssued = (invoice: Invoice): boolean => invoice.status !== "Draft";

/** What is still asked for, in minor units. Nothing is asked for on a canceled or refunded document. */
export function balanceOf(invoice: Invoice): number {
  if (invoice.status === "Canceled" || invoice.status === "Refunded") return 0;
  return Math.max(0, invoice.total - invoice.paid);
}

/** The status that the amounts of an issued, not canceled document imply. */
export function statusFromAmounts(invoice: Invoice): InvoiceStatus {
  if (invoice.pendingPayments.length > 0) return "Pending";
  const { drawdown } = invoice;
  if (drawdown && drawdown.funded > 0 && drawdown.funded === drawdown.refunded) return "Refunded";
  if (invoice.paid >= invoice.total) return "Paid";
  return invoice.paid > 0 ? "Partial" : "Unpaid";
}

export function isOverdue(invoice: Invoice, today: string): boolean {
  return isOpen(invoice) && invoice.dueDate < today;
}

export type DrawStatus = "Unfunded" | "Undrawn" | "PartiallyDrawn" | "Drawn";

export const remainingOf = (drawdown: Drawdown): number =>
  drawdown.funded - drawdown.drawn - drawdown.refunded;

export function drawStatusOf(drawdown: Drawdown): DrawStatus {
  if (drawdown.funded - drawdown.refunded === 0) return "Unfunded";
  if (drawdown.drawn === 0) return "Undrawn";
  return remainingOf(drawdown) > 0 ? "PartiallyDrawn" : "Drawn";
}

/** Money has touched it, or is on its way: its amount, currency and customer stand. */
export const hasMoney = (invoice: Invoice): boolean =>
  invoice.applications.length > 0 ||
  invoice.pendingPayments.length > 0 ||
  (invoice.drawdown?.funded ?? 0) > 0;
