import { type Currency, exponentOf } from "./currencies.ts";
import { formatDecimal, parseDecimal } from "./decimal.ts";

export interface Money {
  readonly amount: number;
  readonly currency: Currency;
}

/** half-up: a half goes away from zero. down: towards zero. */
export type Rounding = "half-up" | "down";

/** The largest amount whose decimal text a JSON number carries exactly in every currency. */
export const amountMax = 999_999_999_999_999;

/** Amounts are whole minor units (cents, yen). A fraction or overflow here is a bug, so it throws. */
export function money(amount: number, currency: Currency): Money {
  return { amount: whole(amount), currency };
}

export function zero(currency: Currency): Money {
  return { amount: 0, currency };
}

export function add(a: Money, b: Money): Money {
  mustMatch(a, b);
  return money(a.amount + b.amount, a.currency);
}

export function subtract(a: Money, b: Money): Money {
  mustMatch(a, b);
  return money(a.amount - b.amount, a.currency);
}

export function negate(a: Money): Money {
  return money(-a.amount, a.currency);
}

export function isZero(a: Money): boolean {
  return a.amount === 0;
}

export function min(a: Money, b: Money): Money {
  mustMatch(a, b);
  return a.amount <= b.amount ? a : b;
}

/** The currency is named because a sum of nothing has one, too. */
export function sum(currency: Currency, monies: readonly Money[]): Money {
  return monies.reduce(add, zero(currency));
}

export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Rounds a fraction to a whole number; the denominator is above 0. */
export function roundRatio({ numerator, denominator }: Ratio, rounding: Rounding): bigint {
  if (denominator <= 0n) throw new RangeError(`not a denominator: ${denominator}`);
  const size = numerator < 0n ? -numerator : numerator;
  const rounded =
    rounding === "down" ? size / denominator : (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

export function multiplyRatio(
  amount: number,
  numerator: bigint,
  denominator: bigint,
  rounding: Rounding,
): number {
  const exact = { numerator: BigInt(amount) * numerator, denominator };
  return whole(Number(roundRatio(exact, rounding)));
}

/**
 * Splits a total in proportion to the weights so that the parts add up to it: each part is rounded
 * down, then the left-over units go to the largest remainders, the first of equals first.
 */
export function allocate(total: number, weights: readonly bigint[]): number[] {
  if (weights.some((weight) => weight < 0n)) throw new RangeError("a weight is below 0");
  const weightSum = weights.reduce((acc, weight) => acc + weight, 0n);
  if (total === 0) return weights.map(() => 0);
  if (weightSum === 0n) throw new RangeError(`nothing to spread ${total} over`);
  const size = BigInt(whole(Math.abs(total)));
  const parts = weights.map((weight, index) => ({
    index,
    units: (size * weight) / weightSum,
    remainder: (size * weight) % weightSum,
  }));
  const leftOver = Number(size - parts.reduce((acc, part) => acc + part.units, 0n));
  const lucky = new Set(
    [...parts]
      .sort((a, b) => Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder))
      .slice(0, leftOver)
      .map((part) => part.index),
  );
  return parts.map(({ index, units }) => {
    const part = Number(units) + (lucky.has(index) ? 1 : 0);
    return total < 0 && part !== 0 ? -part : part;
  });
}

/** The API's decimal number for an amount: (4990, "USD") is 49.9. */
export function toMajor(amount: number | bigint, currency: Currency): number {
  return formatDecimal(amount, exponentOf(currency));
}

export type ParsedAmount =
  | { readonly ok: true; readonly amount: number }
  | { readonly ok: false; readonly detail: string };

export function fromMajor(value: number, currency: Currency): ParsedAmount {
  const parsed = parseDecimal(value, exponentOf(currency));
  if (!parsed.ok) return { ok: false, detail: `${parsed.detail} (${currency})` };
  const amount = Number(parsed.units);
  if (Math.abs(amount) > amountMax) return { ok: false, detail: `must be smaller (${currency})` };
  return { ok: true, amount };
}

function mustMatch(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new TypeError(`cannot mix ${a.currency} and ${b.currency}`);
}

/** Also turns -0, which JSON and equality treat differently from 0, into 0. */
function whole(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not whole minor units: ${amount}`);
  return amount + 0;
}
