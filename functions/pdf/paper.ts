import { knownLocale } from "../kit/format.ts";
import type { Paper } from "./view.ts";

const letterCountries = new Set(["US", "CA"]);

/** The size of paper that lies in the printers of a country; the locale's, where none is given. */
export function paperOf(locale: string, country?: string): Paper {
  const region = country ?? new Intl.Locale(knownLocale(locale)).region;
  return region !== undefined && letterCountries.has(region.toUpperCase()) ? "Letter" : "A4";
}
