import { dayIn } from "../../domain/shared/calendar.ts";
import { exponentOf, isCurrency } from "../../domain/shared/currencies.ts";
import { formatDecimalText } from "../../domain/shared/decimal.ts";

/** How numbers and days are written for people: in PDFs, mails and pages alike. */
const fallbackLocale = "en-US";
const rateDecimals = 4;
const quantityDecimalsMax = 6;
const formattersMax = 500;

/** Making an Intl formatter costs 100 times its use, so they are kept, up to a bound. */
function remembered<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    if (made.size >= formattersMax) made.clear();
    made.set(key, value);
    return value;
  };
}

/** A locale that Intl knows: settings are checked at the edge, but no paper fails for a bad one. */
export const knownLocale = remembered((locale: string): string => {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale)[0] ?? fallbackLocale;
  } catch {
    return fallbackLocale;
  }
});

const separator = "|";

/** Digits follow from the currency alone, so that figures in a column line up. */
const moneyFormat = remembered((key: string) => {
  const [locale, currency = ""] = key.split(separator);
  const digits = isCurrency(currency) ? exponentOf(currency) : 0;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: "always",
    numberingSystem: "latn",
  });
});

/** Takes whole minor units; the decimal goes to Intl as text, so nothing passes through a float. */
export function formatMoney(amountMinor: number, currency: string, locale: string): string {
  if (!isCurrency(currency)) throw new RangeError(`not a currency: ${currency}`);
  const decimal = formatDecimalText(amountMinor, exponentOf(currency));
  const format = moneyFormat(`${knownLocale(locale)}${separator}${currency}`);
  return format.format(decimal as Intl.StringNumericLiteral);
}

const numberFormat = remembered(
  (locale: string) =>
    new Intl.NumberFormat(locale, {
      maximumFractionDigits: quantityDecimalsMax,
      numberingSystem: "latn",
    }),
);

/** A decimal as text or number: a quantity, a count. */
export function formatNumber(value: string | number, locale: string): string {
  return numberFormat(knownLocale(locale)).format(value as Intl.StringNumericLiteral);
}

const percentFormat = remembered(
  (locale: string) =>
    new Intl.NumberFormat(locale, {
      style: "percent",
      maximumFractionDigits: rateDecimals,
      numberingSystem: "latn",
    }),
);

/** Takes a rate in 1/10,000 percent: 190_000 is 19 %. */
export function formatPercent(rate: number, locale: string): string {
  const fraction = formatDecimalText(rate, rateDecimals + 2);
  return percentFormat(knownLocale(locale)).format(fraction as Intl.StringNumericLiteral);
}

export type DayLength = "long" | "medium";

const dayFormat = remembered((key: string) => {
  const [locale, length] = key.split(separator);
  return new Intl.DateTimeFormat(locale, {
    dateStyle: length === "medium" ? "medium" : "long",
    timeZone: "UTC",
    calendar: "gregory",
    numberingSystem: "latn",
  });
});

const formatOfDay = (locale: string, length: DayLength) =>
  dayFormat(`${knownLocale(locale)}${separator}${length}`);
const midnight = (day: string) => new Date(`${day}T00:00:00Z`);

/** Long for sentences ("February 2, 2027"), medium for tables ("Feb 2, 2027"). */
export function formatDay(day: string, locale: string, length: DayLength = "long"): string {
  return formatOfDay(locale, length).format(midnight(day));
}

/** Both days belong to the range: "January 1 – 31, 2027". */
export function formatDays(from: string, to: string, locale: string): string {
  return formatOfDay(locale, "long").formatRange(midnight(from), midnight(to));
}

export type InstantInZone = { instant: string; zone: string };

/** The day that an instant is in a zone. */
export function formatInstantDay(
  { instant, zone }: InstantInZone,
  locale: string,
  length: DayLength = "long",
): string {
  return formatDay(dayIn(instant, zone), locale, length);
}

const monthFormat = remembered(
  (locale: string) =>
    new Intl.DateTimeFormat(locale, {
      year: "numeric",
      month: "long",
      timeZone: "UTC",
      calendar: "gregory",
      numberingSystem: "latn",
    }),
);

/** "February 2027" */
export function formatMonth(day: string, locale: string): string {
  return monthFormat(knownLocale(locale)).format(midnight(day));
}

const quarterLetters: Readonly<Record<string, string>> = { es: "T", fr: "T", it: "T", pt: "T" };

/** "Q1 2027"; Intl knows no quarters. */
export function formatQuarter(day: string, locale: string): string {
  const { language } = new Intl.Locale(knownLocale(locale));
  const quarter = Math.ceil(Number(day.slice(5, 7)) / 3);
  return `${quarterLetters[language] ?? "Q"}${quarter} ${day.slice(0, 4)}`;
}
