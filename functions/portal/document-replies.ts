import * as z from "zod";
import { creditStatuses } from "../../domain/billing/credit.ts";
import { invoiceStatuses } from "../../domain/billing/invoice.ts";
import { quoteStatuses } from "../../domain/billing/quote.ts";
import { paymentStatuses, refundStatuses } from "../../domain/payments/payment.ts";
import { address, amount, instant, listOf, nullableText } from "../api/replies.ts";
import { drawStatus, reference, retainerMoney } from "./replies.ts";

const invoiceRow = {
  id: z.string(),
  number: nullableText,
  isRetainer: z.boolean(),
  status: z.enum(invoiceStatuses),
  date: z.string(),
  dueDate: z.string(),
  currency: z.string(),
  total: amount,
  paid: amount,
  balance: amount,
  isOverdue: z.boolean(),
  tags: z.array(z.string()),
  drawStatus: drawStatus.nullable(),
  retainer: z.strictObject(retainerMoney).nullable(),
};
export const portalInvoicesReply = listOf(z.strictObject(invoiceRow)).meta({
  id: "PortalInvoices",
});

const tax = z.strictObject({ name: z.string(), rate: z.number() });
const discount = z.strictObject({ type: z.enum(["amount", "percent"]), value: z.number() });
const named = z.strictObject({ name: z.string(), amount });

/** The paper: what the PDF shows. */
const paper = {
  billTo: address.nullable(),
  shipTo: address.nullable(),
  items: z.array(
    z.strictObject({
      name: z.string(),
      description: nullableText,
      quantity: z.number(),
      price: amount,
      discount: discount.nullable(),
      taxes: z.array(tax),
      total: amount,
    }),
  ),
  discount: discount.nullable(),
  taxes: z.array(tax),
  subTotal: amount,
  discountTotal: amount,
  netTotal: amount,
  tax: amount,
  taxIncluded: z.boolean(),
  taxTotals: z.array(z.strictObject({ name: z.string(), rate: z.number(), amount })),
  extraCharges: z.array(named),
  extraTotal: amount,
  extraFields: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  header: nullableText,
  terms: nullableText,
  notes: nullableText,
  poNumber: nullableText,
  period: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
  scope: z.array(z.string()),
};

const money = { amount, at: instant };

/** `opens`: whether the contact's link lets them follow it. */
const step = z.strictObject({
  id: z.string(),
  number: nullableText,
  amount: amount.nullable(),
  opens: z.boolean(),
});

/** From the quote over the retainer and its payments to the invoices that they paid. */
const trail = z
  .strictObject({
    quotes: z.array(step),
    retainers: z.array(step),
    payments: z.array(step),
    invoices: z.array(step),
  })
  .meta({ id: "PortalTrail" });

export const portalInvoiceReply = z
  .strictObject({
    ...invoiceRow,
    ...paper,
    sentAt: instant.nullable(),
    canceledAt: instant.nullable(),
    /** What paid it: each retainer once, then other payments, then credits. */
    fromRetainers: z.array(
      z.strictObject({ id: z.string(), number: z.string(), date: z.string(), amount }),
    ),
    fromPayments: z.array(
      z.strictObject({ id: z.string(), number: z.string(), method: z.string(), ...money }),
    ),
    fromCredits: z.array(z.strictObject({ id: z.string(), number: nullableText, ...money })),
    /** Of a retainer: the payments that funded it, and the invoices that drew on it. */
    fundedBy: z.array(
      z.strictObject({ id: z.string(), number: z.string(), method: z.string(), ...money }),
    ),
    drawnBy: z.array(z.strictObject({ invoice: reference, ...money })),
    /** Null: nothing to pay here, or no way to pay online. */
    pay: z
      .strictObject({
        amount,
        /** Part may be paid, from this sum on; null: only the whole. */
        minimum: amount.nullable(),
        /** More may be paid; the rest waits as unapplied money. */
        mayOverpay: z.boolean(),
      })
      .nullable(),
    quote: nullableText,
    recurring: nullableText,
    trail,
  })
  .meta({ id: "PortalInvoice" });

const quoteRow = {
  id: z.string(),
  number: nullableText,
  isRetainer: z.boolean(),
  status: z.enum(quoteStatuses),
  date: z.string(),
  validUntil: z.string(),
  currency: z.string(),
  total: amount,
};
export const portalQuotesReply = listOf(z.strictObject(quoteRow)).meta({ id: "PortalQuotes" });
export const portalQuoteReply = z
  .strictObject({
    ...quoteRow,
    ...paper,
    sentAt: instant.nullable(),
    approvedAt: instant.nullable(),
    approvedBy: nullableText,
    declinedAt: instant.nullable(),
    declineReason: nullableText,
    /** What it became. */
    invoice: nullableText,
    trail,
  })
  .meta({ id: "PortalQuote" });

/** Both null when the agency converts quotes itself. */
export const approvedReply = z
  .strictObject({
    quote: z.string(),
    invoice: nullableText,
    /** The payment screen of the new invoice, absolute. */
    payUrl: nullableText,
  })
  .meta({ id: "PortalApproved" });

const paymentRow = {
  id: z.string(),
  number: z.string(),
  currency: z.string(),
  amount,
  applied: amount,
  refunded: amount,
  unapplied: amount,
  status: z.enum(paymentStatuses),
  method: z.string(),
  receivedAt: instant,
  reference: nullableText,
  /** The retainer that it funded. */
  retainer: reference.nullable(),
};
export const portalPaymentsReply = listOf(z.strictObject(paymentRow)).meta({
  id: "PortalPayments",
});
export const portalPaymentReply = z
  .strictObject({
    ...paymentRow,
    failure: nullableText,
    applications: z.array(z.strictObject({ invoice: reference, ...money })),
    refunds: z.array(z.strictObject({ ...money, status: z.enum(refundStatuses) })),
    trail,
  })
  .meta({ id: "PortalPayment" });

export const portalCreditsReply = listOf(
  z.strictObject({
    id: z.string(),
    number: nullableText,
    status: z.enum(creditStatuses),
    currency: z.string(),
    amount,
    applied: amount,
    balance: amount,
    date: z.string(),
    expiresOn: nullableText,
    isExpired: z.boolean(),
  }),
).meta({ id: "PortalCredits" });
