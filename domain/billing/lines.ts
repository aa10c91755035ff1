import type { Currency } from "../shared/currencies.ts";
import { allocate, amountMax, type Ratio, roundRatio } from "../shared/money.ts";

/** `rate` is an integer of 1/10,000 percent: 19 % is 190000. */
export interface Tax {
  readonly name: string;
  readonly rate: number;
}

/** An amount in minor units, or a percentage as an integer of 1/10,000 percent. */
export type Discount =
  | { readonly type: "amount"; readonly value: number }
  | { readonly type: "percent"; readonly value: number };

export interface Line {
  /** Integer of millionths. */
  readonly quantity: number;
  /** Minor units. */
  readonly price: number;
  readonly discount?: Discount | undefined;
  /** Also an empty list replaces the document's taxes. */
  readonly taxes?: readonly Tax[] | undefined;
}

export interface ExtraCharge {
  readonly name: string;
  readonly amount: number;
}

export interface DocumentLines {
  readonly currency: Currency;
  readonly items: readonly Line[];
  readonly discount?: Discount | undefined;
  readonly taxes?: readonly Tax[] | undefined;
  readonly taxIncluded: boolean;
  readonly extraCharges: readonly ExtraCharge[];
}

export interface TaxTotal extends Tax {
  readonly amount: number;
}

/** Whole minor units. netTotal + tax + extraTotal = total, and netTotal is not below 0. */
export interface Totals {
  /** Each line after its own discount. */
  readonly lineTotals: readonly number[];
  readonly subTotal: number;
  readonly discountTotal: number;
  readonly netTotal: number;
  readonly tax: number;
  readonly taxes: readonly TaxTotal[];
  readonly extraTotal: number;
  readonly total: number;
}

export type LinesRefusal = "negative" | "too-large";

export type TotalledLines =
  | { readonly ok: true; readonly totals: Totals }
  | { readonly ok: false; readonly reason: LinesRefusal };

/** Quantities are millionths, and 100 percent is a million units of a rate. */
const million = 1_000_000n;

/** A deduction larger than what it is taken from is refused: nobody is billed a negative amount. */
export function totalLines(lines: DocumentLines): TotalledLines {
  const exactLines = lines.items.map(exactLine);
  if (exactLines.some((line) => line === "negative")) return { ok: false, reason: "negative" };
  const lineTotals = exactLines.map((line) =>
    line === "negative" ? 0n : roundRatio(line, "half-up"),
  );
  const subTotal = sumOf(lineTotals);
  const discountTotal = discountOf(subTotal, lines.discount);
  if (!allCarried([...lineTotals, subTotal])) return { ok: false, reason: "too-large" };
  if (subTotal < 0n || discountTotal < 0n || discountTotal > subTotal) {
    return { ok: false, reason: "negative" };
  }
  const bases = afterDiscount(lineTotals, discountTotal);
  const taxes = taxesOf(lines, bases);
  if (taxes === "negative") return { ok: false, reason: "negative" };
  return closed({ lines, lineTotals, subTotal, discountTotal, taxes });
}

interface TaxUnits extends Tax {
  readonly units: bigint;
}

interface Computed {
  readonly lines: DocumentLines;
  readonly lineTotals: readonly bigint[];
  readonly subTotal: bigint;
  readonly discountTotal: bigint;
  readonly taxes: readonly TaxUnits[];
}

function closed({ lines, lineTotals, subTotal, discountTotal, taxes }: Computed): TotalledLines {
  const tax = sumOf(taxes.map(({ units }) => units));
  const discounted = subTotal - discountTotal;
  const netTotal = lines.taxIncluded ? discounted - tax : discounted;
  const extras = lines.extraCharges.map(({ amount }) => BigInt(amount));
  const extraTotal = sumOf(extras);
  const total = netTotal + tax + extraTotal;
  const all = [netTotal, tax, ...taxes.map(({ units }) => units), extraTotal, total];
  if (!allCarried(all)) return { ok: false, reason: "too-large" };
  if (netTotal < 0n || total < 0n) return { ok: false, reason: "negative" };
  const totals: Totals = {
    lineTotals: lineTotals.map(Number),
    subTotal: Number(subTotal),
    discountTotal: Number(discountTotal),
    netTotal: Number(netTotal),
    tax: Number(tax),
    taxes: taxes.map(({ name, rate, units }) => ({ name, rate, amount: Number(units) })),
    extraTotal: Number(extraTotal),
    total: Number(total),
  };
  return { ok: true, totals };
}

/** Quantity x price less the discount, not rounded yet: a line is rounded once. */
function exactLine({ quantity, price, discount }: Line): Ratio | "negative" {
  const gross = BigInt(quantity) * BigInt(price);
  const value = BigInt(discount?.value ?? 0);
  if (value === 0n) return { numerator: gross, denominator: million };
  const isAmount = discount?.type === "amount";
  if (value < 0n || value * million > (isAmount ? gross : million * million)) return "negative";
  return isAmount
    ? { numerator: gross - value * million, denominator: million }
    : { numerator: gross * (million - value), denominator: million * million };
}

function discountOf(subTotal: bigint, discount: Discount | undefined): bigint {
  if (!discount) return 0n;
  const value = BigInt(discount.value);
  if (discount.type === "amount") return value;
  return roundRatio({ numerator: subTotal * value, denominator: million }, "half-up");
}

/** A line below 0 is itself a deduction, so it carries no part of the document's discount. */
function afterDiscount(lineTotals: readonly bigint[], discountTotal: bigint): bigint[] {
  const weights = lineTotals.map((units) => (units > 0n ? units : 0n));
  const shares = allocate(Number(discountTotal), weights);
  return lineTotals.map((units, index) => units - BigInt(shares[index] ?? 0));
}

interface TaxGroup extends Tax {
  /** Taxable amounts by the sum of the rates on their lines. */
  readonly bases: Map<bigint, bigint>;
}

/** Lines with the same tax are added up before rounding, so that many small lines lose nothing. */
function taxesOf(lines: DocumentLines, bases: readonly bigint[]): TaxUnits[] | "negative" {
  const groups = new Map<string, TaxGroup>();
  for (const [index, line] of lines.items.entries()) {
    const taxes = line.taxes ?? lines.taxes ?? [];
    const rateSum = sumOf(taxes.map(({ rate }) => BigInt(rate)));
    if (lines.taxIncluded && million + rateSum <= 0n) return "negative";
    for (const { name, rate } of taxes) {
      const key = `${rate} ${name}`;
      const group = groups.get(key) ?? { name, rate, bases: new Map<bigint, bigint>() };
      group.bases.set(rateSum, (group.bases.get(rateSum) ?? 0n) + (bases[index] ?? 0n));
      groups.set(key, group);
    }
  }
  return [...groups.values()].map((group) => ({
    name: group.name,
    rate: group.rate,
    units: roundRatio(exactTax(group, lines.taxIncluded), "half-up"),
  }));
}

function exactTax({ rate, bases }: TaxGroup, taxIncluded: boolean): Ratio {
  const parts = [...bases].map(([rateSum, base]) => ({
    numerator: base * BigInt(rate),
    denominator: taxIncluded ? million + rateSum : million,
  }));
  return parts.reduce(addRatios, { numerator: 0n, denominator: 1n });
}

function addRatios(a: Ratio, b: Ratio): Ratio {
  if (a.denominator === b.denominator) {
    return { numerator: a.numerator + b.numerator, denominator: a.denominator };
  }
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

function sumOf(units: readonly bigint[]): bigint {
  return units.reduce((acc, unit) => acc + unit, 0n);
}

function allCarried(units: readonly bigint[]): boolean {
  const max = BigInt(amountMax);
  return units.every((unit) => unit <= max && unit >= -max);
}
