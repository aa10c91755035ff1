import { type Currency, exponentOf } from "../shared/currencies.ts";
import { type Money, multiplyRatio } from "../shared/money.ts";

/** A least amount is set in the agency's currency; in others the same figure counts. */
export function minimumIn(minimum: Money, currency: Currency): number {
  const shift = exponentOf(currency) - exponentOf(minimum.currency);
  const factor = 10n ** BigInt(Math.abs(shift));
  const [numerator, denominator] = shift >= 0 ? [factor, 1n] : [1n, factor];
  return multiplyRatio(minimum.amount, numerator, denominator, "half-up");
}
