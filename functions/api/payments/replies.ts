import * as z from "zod";
import {
  paymentSources,
  paymentStatuses,
  refundStatuses,
} from "../../../domain/payments/payment.ts";
import { amount, instant, listOf, nullableText, stored } from "../replies.ts";

export const refundReply = z
  .strictObject({
    id: z.string(),
    amount,
    at: instant,
    status: z.enum(refundStatuses),
    reason: nullableText,
  })
  .meta({ id: "Refund" });

const row = {
  id: z.string(),
  number: z.string(),
  customer: z.string(),
  currency: z.string(),
  amount,
  applied: amount,
  refunded: amount,
  unapplied: amount,
  status: z.enum(paymentStatuses),
  method: z.string(),
  source: z.enum(paymentSources),
  retainer: nullableText,
  receivedAt: instant,
  reference: nullableText,
  ...stored,
};

export const paymentRowReply = z.strictObject(row).meta({ id: "PaymentRow" });
export const paymentListReply = listOf(paymentRowReply).meta({ id: "PaymentList" });

export const paymentReply = z
  .strictObject({
    ...row,
    notes: nullableText,
    stripe: z.strictObject({ paymentIntent: z.string(), charge: nullableText }).nullable(),
    failure: nullableText,
    voidReason: nullableText,
    applications: z.array(
      z.strictObject({ id: z.string(), invoice: z.string(), amount, at: instant }),
    ),
    refunds: z.array(refundReply),
  })
  .meta({ id: "Payment" });
