import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { en } from "./words/en.ts";

export type Words = typeof en;

export interface Speech {
  readonly words: Words;
  readonly locale: string;
  /** With its currency, as people of the locale write it. */
  readonly money: (amount: number, currency: string) => string;
  readonly bytes: (count: number) => string;
  /** A quantity or a rate. */
  readonly number: (value: number) => string;
  readonly day: (day: string) => string;
  readonly shortDay: (day: string) => string;
}

const loaders: Readonly<Record<string, () => Promise<Words>>> = {
  de: async () => (await import("./words/de.ts")).de,
  fr: async () => (await import("./words/fr.ts")).fr,
  es: async () => (await import("./words/es.ts")).es,
};

/** As file managers show it: in the largest unit that leaves a digit before the point. */
function bytesIn(locale: string, count: number): string {
  const [unit, scale] = count < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
  const maximumFractionDigits = unit === "megabyte" ? 1 : 0;
  const format = new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits });
  return format.format(Math.max(count / scale, 1));
}

export function speechOf(words: Words, locale: string): Speech {
  const dated = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
    return (day: string) => format.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
  };
  return {
    words,
    locale,
    money: (amount, currency) =>
      new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount),
    bytes: (count) => bytesIn(locale, count),
    number: new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format,
    day: dated({ day: "numeric", month: "long", year: "numeric" }),
    shortDay: dated({ day: "numeric", month: "short", year: "numeric" }),
  };
}

const SpeechContext = createContext<Speech>(speechOf(en, "en-US"));
export const useSpeech = (): Speech => useContext(SpeechContext);

/** Some systems name their language in ways that Intl refuses. */
function usable(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? "en-US";
  } catch {
    return "en-US";
  }
}

/** The reader's language where it is one of the four, else English; their way of writing numbers. */
export function SpeechProvider({
  locale: wanted,
  children,
}: {
  locale: string;
  children: ReactNode;
}) {
  const locale = usable(wanted);
  const language = locale.split("-")[0] ?? "en";
  const [loaded, setLoaded] = useState<Words>();
  useEffect(() => {
    let isWanted = true;
    const load = loaders[language];
    if (load) void load().then((words) => isWanted && setLoaded(words));
    document.documentElement.lang = load ? language : "en";
    return () => {
      isWanted = false;
    };
  }, [language]);
  const waits = language in loaders && !loaded;
  const speech = useMemo(() => speechOf(loaded ?? en, locale), [loaded, locale]);
  return (
    <SpeechContext value={speech}>
      <I18nProvider locale={locale}>{waits ? null : children}</I18nProvider>
    </SpeechContext>
  );
}
