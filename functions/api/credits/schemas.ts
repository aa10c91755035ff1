import * as z from "zod";
import { creditStatuses } from "../../../domain/billing/credit.ts";
import {
  clearable,
  currencyText,
  dayText,
  descriptionText,
  nameText,
  percent,
  positiveAmount,
  quantity,
} from "../../kit/fields.ts";
import { listQuery } from "../billing/schemas.ts";
import { invoiceLines } from "../payments/schemas.ts";

const creditItem = z.strictObject({
  name: nameText,
  quantity,
  price: positiveAmount,
  taxes: z
    .array(z.strictObject({ name: nameText, rate: percent }))
    .max(3)
    .optional(),
});

export const createCreditBody = z
  .strictObject({
    customer: z.string().max(100),
    currency: currencyText,
    amount: positiveAmount.optional(),
    items: z.array(creditItem).min(1).max(200).optional(),
    reason: clearable(descriptionText),
    invoice: clearable(z.string().max(100)),
    expiresOn: clearable(dayText),
  })
  .refine(({ amount, items }) => (amount === undefined) !== (items === undefined), {
    error: "give either an amount or items",
    path: ["amount"],
  });

export const creditListQuery = z.strictObject({
  ...listQuery,
  customer: z.string().max(100).optional(),
  status: z.enum(creditStatuses).optional(),
  from: dayText.optional(),
  to: dayText.optional(),
});

export const applyCreditBody = z.strictObject({
  invoices: invoiceLines.min(1, "must have at least 1 entry"),
});
