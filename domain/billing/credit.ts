import * as z from "zod";
import {
  amountSchema,
  currencySchema,
  daySchema,
  idOf,
  instantSchema,
  maybe,
  recordFields,
} from "../shared/schema.ts";

export const creditStatuses = ["Draft", "Issued", "PartiallyApplied", "Applied", "Void"] as const;
export type CreditStatus = (typeof creditStatuses)[number];

/** Goodwill or correction without money behind it. `tax` is the part of `amount` that reduces tax owed. */
export const creditSchema = z.object({
  id: idOf("credit"),
  customer: idOf("customer"),
  status: z.enum(creditStatuses),
  number: maybe(z.string()),
  currency: currencySchema,
  amount: amountSchema,
  tax: amountSchema,
  applied: amountSchema,
  balance: amountSchema,
  reason: maybe(z.string()),
  invoice: maybe(idOf("invoice")),
  date: daySchema,
  expiresOn: maybe(daySchema),
  issuedAt: maybe(instantSchema),
  voidedAt: maybe(instantSchema),
  ...recordFields,
});
export type Credit = z.infer<typeof creditSchema>;

export const isUsable = (credit: Credit, today: string): boolean =>
  (credit.status === "Issued" || credit.status === "PartiallyApplied") &&
  (credit.expiresOn === null || credit.expiresOn >= today);

export function creditStatusFromAmounts(credit: Credit): CreditStatus {
  if (credit.applied === 0) return "Issued";
  return credit.balance > 0 ? "PartiallyApplied" : "Applied";
}
