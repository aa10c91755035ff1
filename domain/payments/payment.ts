import * as z from "zod";
import {
  amountSchema,
  currencySchema,
  idOf,
  instantSchema,
  list,
  maybe,
  recordFields,
} from "../shared/schema.ts";

export const paymentStatuses = [
  "Pending",
  "Succeeded",
  "Failed",
  "PartiallyRefunded",
  "Refunded",
  "Disputed",
  "Void",
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

export const recordedMethods = ["Cash", "Cheque", "Card", "BankTransfer", "Other"] as const;
export const paymentSources = ["manual", "checkout", "auto", "prepayment"] as const;

/** Refunds live in the payment's head, so a decision sees them all; hence the bound. */
export const refundsPerPaymentMax = 100;

export const refundStatuses = ["Pending", "Succeeded", "Failed"] as const;
export const refundSchema = z.object({
  id: idOf("refund"),
  amount: amountSchema,
  at: instantSchema,
  status: z.enum(refundStatuses),
  reason: maybe(z.string()),
  /** Stripe's id, once known. A refund begun at Stripe has it from the start. */
  stripe: maybe(z.string()),
});
export type Refund = z.infer<typeof refundSchema>;

/**
 * A dispute as far as its webhooks have come, in any order. `withdrawn` and `reinstated` say which
 * money movements are booked; `taken` is what a lost one took out of the unapplied part.
 */
export const disputeSchema = z.object({
  id: z.string(),
  amount: amountSchema,
  withdrawn: z.boolean(),
  reinstated: z.boolean(),
  outcome: maybe(z.enum(["won", "lost", "inquiry-closed"])),
});
export type Dispute = z.infer<typeof disputeSchema>;

export const paymentSchema = z.object({
  id: idOf("payment"),
  customer: idOf("customer"),
  currency: currencySchema,
  amount: amountSchema,
  applied: amountSchema,
  refunded: amountSchema,
  unapplied: amountSchema,
  status: z.enum(paymentStatuses),
  method: z.string(),
  source: z.enum(paymentSources),
  /** The one retainer that this payment funds; money for invoices has none. */
  retainer: maybe(idOf("invoice")),
  scope: list(z.string()),
  receivedAt: instantSchema,
  reference: maybe(z.string()),
  notes: maybe(z.string()),
  stripe: maybe(
    z.object({ account: z.string(), paymentIntent: z.string(), charge: maybe(z.string()) }),
  ),
  refunds: list(refundSchema),
  disputes: list(disputeSchema),
  failure: maybe(z.string()),
  voidReason: maybe(z.string()),
  ...recordFields,
});
export type Payment = z.infer<typeof paymentSchema>;

/** One dated line "this payment (or credit) paid this much of this invoice". Child of its source. */
export const applicationSchema = z.object({
  id: idOf("application"),
  payment: maybe(idOf("payment")),
  credit: maybe(idOf("credit")),
  invoice: idOf("invoice"),
  customer: idOf("customer"),
  amount: amountSchema,
  currency: currencySchema,
  at: instantSchema,
});
export type Application = z.infer<typeof applicationSchema>;

/** Only the unapplied part of a payment in one of these states can be moved. */
export const isAvailable = (payment: Payment): boolean =>
  payment.status === "Succeeded" || payment.status === "PartiallyRefunded";

export const paymentNumber = (payment: { readonly id: string }): string =>
  `PAY-${payment.id.slice(-8)}`;

export const hasOpenDispute = (payment: Payment): boolean =>
  payment.disputes.some((dispute) => dispute.outcome === null);

/** The status that the amounts of a received payment imply. */
export function paymentStatusFromAmounts(payment: Payment): PaymentStatus {
  if (hasOpenDispute(payment)) return "Disputed";
  if (payment.refunded === 0) return "Succeeded";
  return payment.refunded >= payment.amount ? "Refunded" : "PartiallyRefunded";
}
