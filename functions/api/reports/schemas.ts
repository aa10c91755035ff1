import * as z from "zod";
import { clearable, currencyText, dayText, email } from "../../kit/fields.ts";

export const statementFormats = ["json", "pdf"] as const;

const range = { from: dayText, to: dayText, currency: currencyText.optional() };
const isForward = ({ from, to }: { readonly from: string; readonly to: string }) => from <= to;
const backward = { error: "must not be before from", path: ["to"] };

export const statementQuery = z
  .strictObject({ ...range, format: z.enum(statementFormats).optional() })
  .refine(isForward, backward);

export const sendStatementBody = z
  .strictObject({ ...range, email: clearable(email) })
  .refine(isForward, backward);

export const reportQuery = z.strictObject({
  asOf: dayText.optional(),
  currency: currencyText.optional(),
});

export const ledgerFormats = ["journal", "csv"] as const;

export const ledgerQuery = z
  .strictObject({
    from: dayText.optional(),
    to: dayText.optional(),
    format: z.enum(ledgerFormats).optional(),
    after: z.string().max(500).optional(),
  })
  .refine(({ from = "", to }) => to === undefined || from <= to, backward);
