import type { Span } from "../../domain/recurring/template.ts";
import { formatDays, formatMonth, formatQuarter } from "../kit/format.ts";

const known = /\{(month|quarter|year|period)\}/g;

/** Puts the occurrence's own month, quarter, year or period into a text, in the customer's language. */
export const placeholdersFor =
  ({ date, span }: { readonly date: string; readonly span: Span }, locale: string) =>
  (text: string): string =>
    text.replaceAll(known, (_whole, name: string) => {
      if (name === "month") return formatMonth(date, locale);
      if (name === "quarter") return formatQuarter(date, locale);
      return name === "year" ? date.slice(0, 4) : formatDays(span.from, span.to, locale);
    });
