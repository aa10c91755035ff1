import {
  type DayLength,
  formatDay,
  formatDays,
  formatInstantDay,
  formatMoney,
  formatNumber,
  knownLocale,
} from "../kit/format.ts";
import type { Minor, PaperView, When } from "./view.ts";
import { de } from "./words/de.ts";
import { en, type Words } from "./words/en.ts";
import { es } from "./words/es.ts";
import { fr } from "./words/fr.ts";

const languages: Record<string, Words> = { de, en, es, fr };

/** How one paper speaks: its words, and its way of writing numbers and days. */
export type Speech = {
  words: Words;
  locale: string;
  /** Heads a column of amounts; with the currency's code where its sign is shared ("$"). */
  amountHead: string;
  money(amount: Minor): string;
  number(value: string): string;
  day(when: When, length?: DayLength): string;
  days(from: string, to: string): string;
};

/** A language that we lack gives English in that region's habits, never two languages on a page. */
function spokenLocale(asked: string): { words: Words; locale: string } {
  const locale = new Intl.Locale(knownLocale(asked));
  const words = languages[locale.language];
  if (words) return { words, locale: locale.toString() };
  const english = locale.region ? `en-${locale.region}` : "en";
  return { words: en, locale: knownLocale(english) };
}

export function speechOf(view: Pick<PaperView, "locale" | "currency" | "zone">): Speech {
  const { words, locale } = spokenLocale(view.locale);
  return {
    words,
    locale,
    amountHead: formatMoney(0, view.currency, locale).includes(view.currency)
      ? words.amount
      : `${words.amount} (${view.currency})`,
    money: (amount) => formatMoney(amount, view.currency, locale),
    number: (value) => formatNumber(value, locale),
    day: (when, length = "long") =>
      when.includes("T")
        ? formatInstantDay({ instant: when, zone: view.zone }, locale, length)
        : formatDay(when, locale, length),
    days: (from, to) => formatDays(from, to, locale),
  };
}
