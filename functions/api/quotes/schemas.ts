import * as z from "zod";
import { quoteStatuses } from "../../../domain/billing/quote.ts";
import { clearable, dayText, descriptionText, nameText, text } from "../../kit/fields.ts";
import {
  customerReference,
  documentFields,
  items,
  listQuery,
  queryFlag,
} from "../billing/schemas.ts";

const quoteFields = {
  ...documentFields,
  validUntil: clearable(dayText),
  isRetainer: z.boolean("must be true or false").optional(),
};

export const quoteBody = z.strictObject({ customer: customerReference, items, ...quoteFields });

export const quotePatch = z.strictObject({
  customer: customerReference.optional(),
  items: items.optional(),
  ...quoteFields,
});

export const quoteListQuery = z.strictObject({
  ...listQuery,
  isRetainer: queryFlag.optional(),
  status: z.enum(quoteStatuses).optional(),
  customer: z.string().max(100).optional(),
  from: dayText.optional(),
  to: dayText.optional(),
});

export const approveBody = z.strictObject({ by: nameText, poNumber: clearable(text(50)) });

export const declineBody = z.strictObject({ reason: clearable(descriptionText) });
