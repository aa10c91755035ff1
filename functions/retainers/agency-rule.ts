import type { Agency } from "../../domain/agencies/agency.ts";
import type { TopUpRule } from "../../domain/retainers/top-up.ts";

/** The agency's setting is in its own currency; it asks, and never charges anybody. */
export function agencyRule(
  { settings }: Pick<Agency, "settings">,
  currency: string,
): TopUpRule | null {
  const { topUp } = settings.retainer;
  if (!topUp || currency !== settings.currency) return null;
  const { threshold, amount } = topUp;
  return { threshold, amount, target: null, action: "request", monthlyCap: null, lowBalance: null };
}

export const agencyLowBalance = (
  { settings }: Pick<Agency, "settings">,
  currency: string,
): number | null => (currency === settings.currency ? settings.retainer.lowBalance : null);
