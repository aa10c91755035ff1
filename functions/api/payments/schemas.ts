import * as z from "zod";
import { paymentStatuses, recordedMethods } from "../../../domain/payments/payment.ts";
import {
  clearable,
  currencyText,
  dayText,
  descriptionText,
  email,
  longText,
  nameText,
  positiveAmount,
} from "../../kit/fields.ts";
import { listQuery, queryFlag } from "../billing/schemas.ts";

const linesMax = 20;

const invoiceLine = z.strictObject({
  invoice: z.string().max(100),
  amount: positiveAmount.optional(),
});

/** A pair named twice would make "all or nothing" ambiguous. */
export const invoiceLines = z
  .array(invoiceLine)
  .max(linesMax, `must have at most ${linesMax} entries`)
  .refine((lines) => new Set(lines.map(({ invoice }) => invoice)).size === lines.length, {
    error: "names the same invoice twice",
  });

export const paidAt = clearable(z.union([dayText, z.iso.datetime("must be a day or an instant")]));

export const createPaymentBody = z.strictObject({
  customer: z.string().max(100),
  amount: positiveAmount,
  currency: currencyText,
  method: z.enum(recordedMethods),
  paidAt,
  reference: clearable(nameText),
  notes: clearable(longText),
  applications: invoiceLines.optional(),
  sendNotification: z.boolean("must be true or false").optional(),
});

export const paymentListQuery = z.strictObject({
  ...listQuery,
  customer: z.string().max(100).optional(),
  status: z.enum(paymentStatuses).optional(),
  unapplied: queryFlag.optional(),
  from: dayText.optional(),
  to: dayText.optional(),
});

export const paymentPatch = z.strictObject({
  notes: clearable(longText),
  reference: clearable(nameText),
});

export const applyPaymentBody = z.strictObject({
  invoices: invoiceLines.min(1, "must have at least 1 entry"),
});

const applicationIds = z
  .array(z.string().max(100))
  .max(linesMax, `must have at most ${linesMax} entries`)
  .refine((ids) => new Set(ids).size === ids.length, "names the same application twice");

export const unapplyBody = z.strictObject({
  applications: applicationIds.min(1, "must have at least 1 entry"),
});

export const refundBody = z.strictObject({
  amount: positiveAmount,
  reason: clearable(descriptionText),
  unapply: applicationIds.optional(),
});

export const voidBody = z.strictObject({ reason: clearable(descriptionText) });

export const receiptBody = z.strictObject({ email: clearable(email) });
