import * as z from "zod";
import { creditStatuses } from "../../../domain/billing/credit.ts";
import { invoiceStatuses } from "../../../domain/billing/invoice.ts";
import { address, amount, instant, listOf, nullableText, stored } from "../replies.ts";

const tax = z.strictObject({ name: z.string(), rate: z.number() });
const discount = z.strictObject({ type: z.enum(["amount", "percent"]), value: z.number() });

const row = {
  id: z.string(),
  number: nullableText,
  customer: z.string(),
  isRetainer: z.boolean(),
  status: z.enum(invoiceStatuses),
  date: z.string(),
  dueDate: z.string(),
  currency: z.string(),
  subTotal: amount,
  discountTotal: amount,
  netTotal: amount,
  tax: amount,
  extraTotal: amount,
  total: amount,
  paid: amount,
  balance: amount,
  isOverdue: z.boolean(),
  tags: z.array(z.string()),
  drawStatus: z.enum(["Unfunded", "Undrawn", "PartiallyDrawn", "Drawn"]).optional(),
  retainer: z
    .strictObject({ funded: amount, drawn: amount, refunded: amount, remaining: amount })
    .optional(),
  ...stored,
};

export const invoiceRowReply = z.strictObject(row).meta({ id: "InvoiceRow" });
export const invoiceListReply = listOf(invoiceRowReply).meta({ id: "InvoiceList" });

export const invoiceReply = z
  .strictObject({
    ...row,
    billTo: address.nullable(),
    shipTo: z.boolean(),
    shipToAddress: address.nullable(),
    items: z.array(
      z.strictObject({
        name: z.string(),
        description: nullableText,
        quantity: z.number(),
        price: amount,
        discount: discount.nullable(),
        taxes: z.array(tax).nullable(),
        total: amount,
      }),
    ),
    discount: discount.nullable(),
    taxes: z.array(tax),
    taxIncluded: z.boolean(),
    taxTotals: z.array(z.strictObject({ name: z.string(), rate: z.number(), amount })),
    extraCharges: z.array(z.strictObject({ name: z.string(), amount })),
    extraFields: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    header: nullableText,
    terms: nullableText,
    notes: nullableText,
    lang: nullableText,
    slug: nullableText,
    autoApply: nullableText,
    scope: z.array(z.string()),
    period: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
    poNumber: nullableText,
    scheduledFor: nullableText,
    issuedAt: instant.nullable(),
    sentAt: instant.nullable(),
    viewedAt: instant.nullable(),
    canceledAt: instant.nullable(),
    cancelReason: nullableText,
    quote: nullableText,
    recurring: nullableText,
    applications: z.array(
      z.strictObject({
        id: z.string(),
        payment: z.string().optional(),
        credit: z.string().optional(),
        retainer: z
          .strictObject({ id: z.string(), number: z.string(), date: z.string() })
          .nullable(),
        amount,
        at: instant,
      }),
    ),
  })
  .meta({ id: "Invoice" });

export const checkoutReply = z
  .strictObject({ url: z.string(), expiresAt: instant })
  .meta({ id: "Checkout" });

export const creditReply = z
  .strictObject({
    id: z.string(),
    number: nullableText,
    customer: z.string(),
    status: z.enum(creditStatuses),
    currency: z.string(),
    amount,
    tax: amount,
    applied: amount,
    balance: amount,
    reason: nullableText,
    invoice: nullableText,
    date: z.string(),
    expiresOn: nullableText,
    issuedAt: instant.nullable(),
    voidedAt: instant.nullable(),
    ...stored,
  })
  .meta({ id: "Credit" });
export const creditListReply = listOf(creditReply).meta({ id: "CreditList" });
