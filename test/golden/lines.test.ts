import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Discount, type Tax, totalLines } from "../../domain/billing/lines.ts";
import { exponentOf } from "../../domain/shared/currencies.ts";
import { formatDecimalText, parseDecimal } from "../../domain/shared/decimal.ts";
import { fromMajor } from "../../domain/shared/money.ts";
import {
  type Cell,
  cells,
  columns,
  inputOf,
  keyOf,
  type Row,
  type WrittenDiscount,
  type WrittenTax,
} from "./lines.grid.ts";

const [header = "", ...rows] = readFileSync(new URL("lines.expected.tsv", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");
const expected = new Map(
  rows.map((row) => {
    const [key = "", ...values] = row.split("\t");
    return [key, Object.fromEntries(columns.map((column, index) => [column, values[index]]))];
  }),
);

/** As a request is read: JSON numbers, through the parsers of the edge. */
function scaled(text: string, decimals: number): number {
  const parsed = parseDecimal(Number(text), decimals);
  if (!parsed.ok) throw new Error(`${text} ${parsed.detail}`);
  return Number(parsed.units);
}

function computed(cell: Cell): Row {
  const input = inputOf(cell);
  const minor = (text: string) => {
    const parsed = fromMajor(Number(text), cell.currency);
    if (!parsed.ok) throw new Error(`${text} ${parsed.detail}`);
    return parsed.amount;
  };
  const discountOf = ({ type, value }: WrittenDiscount): Discount => ({
    type,
    value: type === "amount" ? minor(value) : scaled(value, 4),
  });
  const taxOf = ({ name, rate }: WrittenTax): Tax => ({ name, rate: scaled(rate, 4) });
  const result = totalLines({
    currency: cell.currency,
    items: input.items.map(({ quantity, price, discount, taxes }) => ({
      quantity: scaled(quantity, 6),
      price: minor(price),
      discount: discount && discountOf(discount),
      taxes: taxes?.map(taxOf),
    })),
    discount: input.discount && discountOf(input.discount),
    taxes: input.taxes.map(taxOf),
    taxIncluded: cell.taxIncluded,
    extraCharges: input.extraCharges.map(({ name, amount }) => ({ name, amount: minor(amount) })),
  });
  if (!result.ok) throw new Error(result.reason);
  const { totals } = result;
  const text = (amount: number) => formatDecimalText(amount, exponentOf(cell.currency));
  const taxText = ({ name, rate, amount }: (typeof totals.taxes)[number]) =>
    `${name} ${rate / 10_000}% ${text(amount)}`;
  return {
    lines: totals.lineTotals.map(text).join(" + "),
    subTotal: text(totals.subTotal),
    discountTotal: text(totals.discountTotal),
    netTotal: text(totals.netTotal),
    taxes: totals.taxes.map(taxText).join(" + ") || "-",
    tax: text(totals.tax),
    extraTotal: text(totals.extraTotal),
    total: text(totals.total),
  };
}

describe("the grid of line arithmetic", () => {
  it("has the columns of the table", () => {
    expect(header).toBe(["cell", ...columns].join("\t"));
  });

  it("has an expected row for each cell, and no row without a cell", () => {
    const keys = cells.map(keyOf);
    expect(keys.filter((key) => !expected.has(key))).toEqual([]);
    expect([...expected.keys()].filter((key) => !keys.includes(key))).toEqual([]);
    expect(rows).toHaveLength(cells.length);
  });

  it.each(cells.map((cell) => [keyOf(cell), cell] as const))("%s", (key, cell) => {
    expect(computed(cell)).toEqual(expected.get(key));
  });
});
