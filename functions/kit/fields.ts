import * as z from "zod";
import { isDay } from "../../domain/shared/calendar.ts";
import { type Currency, isCurrency } from "../../domain/shared/currencies.ts";
import { parseDecimal } from "../../domain/shared/decimal.ts";
import { fromMajor } from "../../domain/shared/money.ts";
import type { FieldProblem } from "../../domain/shared/refusals.ts";
import { textLimits } from "../../domain/shared/terms.ts";
import { invalid } from "./refused.ts";

/** Text that survives every store and page: well-formed Unicode without control characters. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(max, `must have at most ${max} characters`)
    .refine((value) => value.isWellFormed(), "must be well-formed Unicode")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
    .refine((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value), {
      error: "must not contain control characters",
    });

export const nameText = text(textLimits.name);
export const descriptionText = text(textLimits.description);
export const longText = text(textLimits.long);

/** An optional field that null and "" clear. Absent means: not said. */
export const clearable = <T extends z.ZodType>(schema: T) =>
  z
    .union([z.null(), z.literal(""), schema], { error: clearableError(schema) })
    .transform((value): z.output<T> | null => (value === "" || value === null ? null : value))
    .optional();

/** A union would only say "invalid input"; the caller wants to hear what the field itself expects. */
const clearableError = (schema: z.ZodType) => (issue: { readonly input?: unknown }) => {
  const parsed = schema.safeParse(issue.input);
  return parsed.success ? "is invalid" : (parsed.error.issues[0]?.message ?? "is invalid");
};

export const email = z
  .email("must be an e-mail address")
  .max(254, "must have at most 254 characters")
  .transform((value) => value.toLowerCase());

/** Far enough for any contract, and far from the last day that date arithmetic knows. */
const lastDay = "2999-12-31";
export const dayText = z
  .string()
  .refine((value) => isDay(value) && value <= lastDay, "must be a calendar day, YYYY-MM-DD")
  .meta({ format: "date" });

export const currencyText = z
  .string()
  .refine(isCurrency, "must be an ISO 4217 currency code in capitals")
  .meta({ pattern: "^[A-Z]{3}$" })
  .transform((value) => value as Currency);

export const langText = z
  .string()
  .max(20)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "must be a language tag such as en or de-AT");

/** An amount in major units; how many decimals it may have depends on its currency. */
export const amountNumber = z.number("must be a number").superRefine((value, context) => {
  const parsed = parseDecimal(value, 4);
  if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.detail });
});

// JSON Schema doesn't see into checks: their bounds stand beside them, for whoever reads the document.
export const positiveAmount = amountNumber
  .refine((value) => value > 0, "must be above 0")
  .meta({ exclusiveMinimum: 0 });
export const zeroOrMoreAmount = amountNumber
  .refine((value) => value >= 0, "must not be below 0")
  .meta({ minimum: 0 });

/** Scaled to an integer: quantities by 10^6, percentages by 10^4. */
const scaled = (decimals: number) =>
  z.number("must be a number").transform((value, context) => {
    const parsed = parseDecimal(value, decimals);
    const units = parsed.ok ? Number(parsed.units) : Number.NaN;
    if (parsed.ok && Number.isSafeInteger(units)) return units;
    context.addIssue({ code: "custom", message: parsed.ok ? "is too large" : parsed.detail });
    return z.NEVER;
  });

const quantityMax = 1_000_000_000;
export const quantity = scaled(6)
  .refine((units) => units > 0, "must be above 0")
  .refine((units) => units <= quantityMax * 1_000_000, `must be at most ${quantityMax}`)
  .meta({ exclusiveMinimum: 0, maximum: quantityMax });

/** Percent, 0 to 100. */
export const percent = scaled(4)
  .refine((units) => units >= 0 && units <= 1_000_000, "must be from 0 to 100 percent")
  .meta({ minimum: 0, maximum: 100 });
export const positivePercent = scaled(4)
  .refine((units) => units > 0 && units <= 1_000_000, "must be above 0 and at most 100 percent")
  .meta({ exclusiveMinimum: 0, maximum: 100 });

/** Turns major into minor units and collects what doesn't fit the currency. */
export interface Minor {
  (value: number, pointer: string): number;
  readonly problems: FieldProblem[];
}

export function minorUnitsOf(currency: Currency): Minor {
  const problems: FieldProblem[] = [];
  const convert = (value: number, pointer: string): number => {
    const parsed = fromMajor(value, currency);
    if (parsed.ok) return parsed.amount;
    problems.push({ pointer, detail: parsed.detail });
    return 0;
  };
  return Object.assign(convert, { problems });
}

export function throwProblems({ problems }: { readonly problems: readonly FieldProblem[] }): void {
  if (problems.length > 0) throw invalid(problems);
}

/** One amount of a field of its own. */
export function minorUnits(value: number, currency: Currency, pointer: string): number {
  const convert = minorUnitsOf(currency);
  const amount = convert(value, pointer);
  throwProblems(convert);
  return amount;
}

/** A word that names a kind of work; scopes and searches compare it exactly. */
export const tags = z
  .array(text(50))
  .max(10, "must have at most 10 entries")
  .transform((values) => [...new Set(values)]);
