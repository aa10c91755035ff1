import { writeFileSync } from "node:fs";
import { currencyExponents } from "../../domain/shared/currencies.ts";
import { type Cell, cells, columns, inputOf, keyOf, type Row, type Written } from "./lines.grid.ts";

/**
 * Writes lines.expected.tsv: `node test/golden/lines.generate.ts`. It computes on its own, with
 * plain fractions of major units and none of the code under test, so that the table is a second
 * opinion. Run it when the grid changes and read the difference before it is committed.
 */
type Fraction = readonly [top: bigint, bottom: bigint];

const nothing: Fraction = [0n, 1n];
const one: Fraction = [1n, 1n];
const plus = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
const minus = (a: Fraction, b: Fraction): Fraction => plus(a, [-b[0], b[1]]);
const times = (a: Fraction, b: Fraction): Fraction => [a[0] * b[0], a[1] * b[1]];
const over = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1], a[1] * b[0]];
const totalOf = (fractions: readonly Fraction[]) => fractions.reduce(plus, nothing);
const isLess = (a: Fraction, b: Fraction) => a[0] * b[1] < b[0] * a[1];

function read(text: string): Fraction {
  const [whole = "", decimals = ""] = text.split(".");
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
}

const percent = (text: string): Fraction => over(read(text), [100n, 1n]);

/** Nothing in the grid is below 0, so a half up is the floor of a half more. */
function rounded(exact: Fraction, unit: Fraction): Fraction {
  const [top, bottom] = plus(over(exact, unit), [1n, 2n]);
  return times([top / bottom, 1n], unit);
}

function floored(exact: Fraction, unit: Fraction): Fraction {
  const [top, bottom] = over(exact, unit);
  return times([top / bottom, 1n], unit);
}

function write(amount: Fraction, decimals: number): string {
  const scaled = amount[0] * 10n ** BigInt(decimals);
  if (scaled % amount[1] !== 0n) throw new Error("an amount is finer than its currency");
  const digits = String(scaled / amount[1]).padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  return decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function linesOf(input: Written, unit: Fraction): Fraction[] {
  return input.items.map(({ quantity, price, discount }) => {
    const gross = times(read(quantity), read(price));
    if (!discount) return rounded(gross, unit);
    const off =
      discount.type === "amount" ? read(discount.value) : times(gross, percent(discount.value));
    return rounded(minus(gross, off), unit);
  });
}

/** Hands out one unit at a time to whoever is furthest below the exact share. */
function spread(discount: Fraction, lines: readonly Fraction[], unit: Fraction): Fraction[] {
  const whole = totalOf(lines);
  const exact = lines.map((line) => over(times(discount, line), whole));
  const shares = exact.map((share) => floored(share, unit));
  while (isLess(totalOf(shares), discount)) {
    const missing = exact.map((share, index) => minus(share, shares[index] ?? nothing));
    let neediest = 0;
    for (const [index, lack] of missing.entries()) {
      if (isLess(missing[neediest] ?? nothing, lack)) neediest = index;
    }
    shares[neediest] = plus(shares[neediest] ?? nothing, unit);
  }
  return shares;
}

function taxesOf(cell: Cell, input: Written, amounts: readonly Fraction[]): Map<string, Fraction> {
  const exact = new Map<string, Fraction>();
  for (const [index, amount] of amounts.entries()) {
    const taxes = input.items[index]?.taxes ?? input.taxes;
    const rates = totalOf(taxes.map((tax) => percent(tax.rate)));
    const net = cell.taxIncluded ? over(amount, plus(one, rates)) : amount;
    for (const { name, rate } of taxes) {
      const label = `${name} ${rate}%`;
      exact.set(label, plus(exact.get(label) ?? nothing, times(net, percent(rate))));
    }
  }
  return exact;
}

function rowOf(cell: Cell): Row {
  const input = inputOf(cell);
  const decimals = currencyExponents[cell.currency];
  const unit: Fraction = [1n, 10n ** BigInt(decimals)];
  const lines = linesOf(input, unit);
  const subTotal = totalOf(lines);
  const discount = input.discount
    ? rounded(
        input.discount.type === "amount"
          ? read(input.discount.value)
          : times(subTotal, percent(input.discount.value)),
        unit,
      )
    : nothing;
  const shares = spread(discount, lines, unit);
  const discounted = lines.map((line, index) => minus(line, shares[index] ?? nothing));
  const taxes = [...taxesOf(cell, input, discounted)].map(
    ([label, exact]) => [label, rounded(exact, unit)] as const,
  );
  const tax = totalOf(taxes.map(([, amount]) => amount));
  const afterDiscount = minus(subTotal, discount);
  const net = cell.taxIncluded ? minus(afterDiscount, tax) : afterDiscount;
  const extra = totalOf(input.extraCharges.map(({ amount }) => read(amount)));
  const text = (amount: Fraction) => write(amount, decimals);
  return {
    lines: lines.map(text).join(" + "),
    subTotal: text(subTotal),
    discountTotal: text(discount),
    netTotal: text(net),
    taxes: taxes.map(([label, amount]) => `${label} ${text(amount)}`).join(" + ") || "-",
    tax: text(tax),
    extraTotal: text(extra),
    total: text(totalOf([net, tax, extra])),
  };
}

const table = cells.map((cell) => {
  const row = rowOf(cell);
  return [keyOf(cell), ...columns.map((column) => row[column])].join("\t");
});
const header = ["cell", ...columns].join("\t");
writeFileSync(new URL("lines.expected.tsv", import.meta.url), `${[header, ...table].join("\n")}\n`);
