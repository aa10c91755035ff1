import * as z from "zod";

export const seriesKinds = ["invoice", "retainer", "quote", "credit"] as const;
export type SeriesKind = (typeof seriesKinds)[number];

export const seriesKeys = { invoice: "INV", retainer: "RET", quote: "QUO", credit: "CRE" } as const;

/** Text with one run of zeros in braces, as long as the number is padded, and perhaps {year}. */
const form = /^([^{}]|\{year\})*\{0{1,12}\}([^{}]|\{year\})*$/;
export const namesYear = (series: string): boolean => series.includes("{year}");
export const patternSchema = z
  .string()
  .max(40)
  .refine((series) => form.test(series) && series.split("{year}").length <= 2, {
    error: "must hold one run of zeros in braces, such as INV-{0000}, and may hold {year} once",
  });

export const numberingSchema = z.object({
  invoice: patternSchema,
  retainer: patternSchema,
  quote: patternSchema,
  credit: patternSchema,
  yearlyReset: z.boolean(),
});
export type Numbering = z.infer<typeof numberingSchema>;

export const defaultNumbering: Numbering = {
  invoice: "INV-{0000}",
  retainer: "RET-{0000}",
  quote: "QUO-{0000}",
  credit: "CRE-{0000}",
  yearlyReset: false,
};

/** INV-{0000} and 7 give INV-0007; {year} is the year of the document's date. */
export function formatNumber(series: string, value: number, year: number): string {
  return series
    .replace(/\{(0+)\}/, (_run, zeros: string) => String(value).padStart(zeros.length, "0"))
    .replace("{year}", String(year));
}

/** Where a series keeps its counter: one for ever, or one a year. */
export const counterOf = (numbering: Numbering, year: number): string =>
  numbering.yearlyReset ? `COUNTER#${year}` : "COUNTER";

/**
 * What the guard of a number remembers when a series gave it: which counter, at what value, and how many
 * values before it were passed over because others had reserved them. So a gap is told from a loss.
 */
export const givenSchema = z.object({
  counter: z.string(),
  value: z.number().int().positive(),
  skipped: z.number().int().nonnegative(),
});
export type Given = z.infer<typeof givenSchema>;

/** The name of a counter among all of the agency's. */
export const counterName = (kind: SeriesKind, counter: string): string =>
  `${seriesKeys[kind]} ${counter}`;
