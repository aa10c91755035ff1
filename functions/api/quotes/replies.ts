import * as z from "zod";
import { quoteStatuses } from "../../../domain/billing/quote.ts";
import { invoiceReply } from "../billing/replies.ts";
import { amount, instant, listOf, nullableText, stored } from "../replies.ts";

const row = {
  id: z.string(),
  number: nullableText,
  customer: z.string(),
  isRetainer: z.boolean(),
  status: z.enum(quoteStatuses),
  date: z.string(),
  validUntil: z.string(),
  currency: z.string(),
  subTotal: amount,
  discountTotal: amount,
  netTotal: amount,
  tax: amount,
  extraTotal: amount,
  total: amount,
  tags: z.array(z.string()),
  invoice: nullableText,
  ...stored,
};

export const quoteRowReply = z.strictObject(row).meta({ id: "QuoteRow" });
export const quoteListReply = listOf(quoteRowReply).meta({ id: "QuoteList" });

const { shape } = invoiceReply;

export const quoteReply = z
  .strictObject({
    ...row,
    billTo: shape.billTo,
    shipTo: shape.shipTo,
    shipToAddress: shape.shipToAddress,
    items: shape.items,
    discount: shape.discount,
    taxes: shape.taxes,
    taxIncluded: shape.taxIncluded,
    taxTotals: shape.taxTotals,
    extraCharges: shape.extraCharges,
    extraFields: shape.extraFields,
    header: nullableText,
    terms: nullableText,
    notes: nullableText,
    lang: nullableText,
    slug: nullableText,
    autoApply: nullableText,
    scope: z.array(z.string()),
    period: shape.period,
    poNumber: nullableText,
    sentAt: instant.nullable(),
    viewedAt: instant.nullable(),
    approvedAt: instant.nullable(),
    approvedBy: nullableText,
    declinedAt: instant.nullable(),
    declineReason: nullableText,
  })
  .meta({ id: "Quote" });
