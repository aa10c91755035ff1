import type { Discount } from "../../domain/billing/lines.ts";
import { type Currency, currencyExponents } from "../../domain/shared/currencies.ts";

/**
 * The grid of line arithmetic: what can vary, and for each cell its input as decimal text, as a
 * person would write it. `lines.expected.tsv` says what comes out.
 */

/** One currency for each number of decimals that the currency table knows. */
const currencyOfExponent: Readonly<Record<number, Currency>> = {
  0: "JPY",
  2: "USD",
  3: "KWD",
  4: "CLF",
};

const currencies = [...new Set<number>(Object.values(currencyExponents))].sort().map((exponent) => {
  const currency = currencyOfExponent[exponent];
  if (!currency) throw new Error(`no currency in the grid has ${exponent} decimals`);
  return currency;
});

type DiscountKind = "none" | Discount["type"];
const discountKinds = Object.keys({
  none: true,
  amount: true,
  percent: true,
} satisfies Record<DiscountKind, true>) as DiscountKind[];

const taxKinds = ["none", "one", "two", "three", "line-replaces"] as const;

export interface Cell {
  readonly currency: Currency;
  readonly lineDiscount: DiscountKind;
  readonly discount: DiscountKind;
  readonly taxes: (typeof taxKinds)[number];
  readonly taxIncluded: boolean;
  readonly extraCharges: boolean;
}

export const cells: readonly Cell[] = currencies.flatMap((currency) =>
  discountKinds.flatMap((lineDiscount) =>
    discountKinds.flatMap((discount) =>
      taxKinds.flatMap((taxes) =>
        [false, true].flatMap((taxIncluded) =>
          [false, true].map((extraCharges) => ({
            currency,
            lineDiscount,
            discount,
            taxes,
            taxIncluded,
            extraCharges,
          })),
        ),
      ),
    ),
  ),
);

export const keyOf = (cell: Cell): string =>
  [
    cell.currency,
    `line:${cell.lineDiscount}`,
    `document:${cell.discount}`,
    `tax:${cell.taxes}`,
    cell.taxIncluded ? "included" : "excluded",
    cell.extraCharges ? "extra" : "plain",
  ].join(" ");

/** Percentages and rates in percent, amounts in major units, all as decimal text. */
export interface WrittenDiscount {
  readonly type: Discount["type"];
  readonly value: string;
}

export interface WrittenTax {
  readonly name: string;
  readonly rate: string;
}

export interface WrittenLine {
  readonly quantity: string;
  readonly price: string;
  readonly discount?: WrittenDiscount;
  readonly taxes?: readonly WrittenTax[];
}

export interface Written {
  readonly items: readonly WrittenLine[];
  readonly discount?: WrittenDiscount;
  readonly taxes: readonly WrittenTax[];
  readonly extraCharges: readonly { readonly name: string; readonly amount: string }[];
}

/** Chosen so that most cells round, and that some round exactly a half. */
const prices: Readonly<Record<number, readonly [string, string, string]>> = {
  0: ["1999", "150", "333"],
  2: ["19.99", "150", "3.33"],
  3: ["19.995", "150", "3.333"],
  4: ["19.9955", "150", "3.3335"],
};
const lineDiscountOf: Readonly<Record<number, string>> = {
  0: "125",
  2: "1.25",
  3: "1.255",
  4: "1.2555",
};
const discountOf: Readonly<Record<number, string>> = {
  0: "100",
  2: "10.01",
  3: "10.001",
  4: "10.0001",
};
const extrasOf: Readonly<Record<number, readonly [string, string]>> = {
  0: ["499", "50"],
  2: ["4.99", "0.5"],
  3: ["4.995", "0.5"],
  4: ["4.9955", "0.5"],
};

const vat: WrittenTax = { name: "VAT", rate: "19" };
const documentTaxes: Readonly<Record<Cell["taxes"], readonly WrittenTax[]>> = {
  none: [],
  one: [vat],
  two: [
    { name: "GST", rate: "5" },
    { name: "QST", rate: "9.975" },
  ],
  three: [
    { name: "State", rate: "7.5" },
    { name: "County", rate: "2.25" },
    { name: "City", rate: "0.0625" },
  ],
  "line-replaces": [vat],
};

export function inputOf(cell: Cell): Written {
  const exponent = currencyExponents[cell.currency];
  const [first, second, third] = prices[exponent] ?? [];
  const [shipping, handling] = extrasOf[exponent] ?? [];
  const amount = lineDiscountOf[exponent];
  const documentAmount = discountOf[exponent];
  if (!first || !second || !third || !shipping || !handling || !amount || !documentAmount) {
    throw new Error(`the grid has no amounts with ${exponent} decimals`);
  }
  const off = (value: string): { discount?: WrittenDiscount } =>
    cell.lineDiscount === "none"
      ? {}
      : {
          discount: {
            type: cell.lineDiscount,
            value: cell.lineDiscount === "amount" ? amount : value,
          },
        };
  const own = (taxes: readonly WrittenTax[]) => (cell.taxes === "line-replaces" ? { taxes } : {});
  const documentDiscounts: Record<DiscountKind, { discount?: WrittenDiscount }> = {
    none: {},
    amount: { discount: { type: "amount", value: documentAmount } },
    percent: { discount: { type: "percent", value: "7.5" } },
  };
  return {
    items: [
      { quantity: "1.5", price: first, ...off("12.5") },
      { quantity: "0.333333", price: second, ...own([{ name: "Reduced", rate: "7" }, vat]) },
      { quantity: "7", price: third, ...off("33.3333"), ...own([]) },
      { quantity: "1", price: second },
    ],
    ...documentDiscounts[cell.discount],
    taxes: documentTaxes[cell.taxes],
    extraCharges: cell.extraCharges
      ? [
          { name: "Shipping", amount: shipping },
          { name: "Handling", amount: handling },
        ]
      : [],
  };
}

export const columns = [
  "lines",
  "subTotal",
  "discountTotal",
  "netTotal",
  "taxes",
  "tax",
  "extraTotal",
  "total",
] as const;

export type Row = Readonly<Record<(typeof columns)[number], string>>;
