import { knownLocale } from "../kit/format.ts";
import { de } from "./words/de.ts";
import { en, type MethodWords } from "./words/en.ts";
import { es } from "./words/es.ts";
import { fr } from "./words/fr.ts";

const languages: Record<string, MethodWords> = { de, en, es, fr };

export interface PaidHow {
  readonly method: string;
  readonly reference: string | null;
  readonly stripe: object | null;
}

const savedMethod = /^(?:(\S.*) )?ending in (\d{2,4})$/;

/** "Visa …4242" where Stripe told it, else the way to pay as one says it within a sentence. */
export function methodName({ method, reference, stripe }: PaidHow, locale: string): string {
  const words = languages[new Intl.Locale(knownLocale(locale)).language] ?? en;
  const word = words[method as keyof MethodWords] ?? words.Other;
  const saved = stripe && reference ? savedMethod.exec(reference) : null;
  if (!saved) return word;
  const [, brand = word, last = ""] = saved;
  return `${capitalized(brand)} …${last}`;
}

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
