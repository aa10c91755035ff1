import { knownLocale } from "../kit/format.ts";

/**
 * The first language that somebody asked for. A bare one ("en") that the agency speaks, too, is
 * written as the agency writes it ("en-GB"), so that dates on one paper are not of two countries.
 */
export function localeOf(asked: readonly (string | null)[], agencyLocale: string): string {
  const first = asked.find((lang) => lang !== null && lang !== "") ?? agencyLocale;
  const isAgencys = first === new Intl.Locale(knownLocale(agencyLocale)).language;
  return isAgencys ? agencyLocale : first;
}
