import { describe, expect, it } from "vitest";
import {
  type DocumentLines,
  type Line,
  type LinesRefusal,
  type Tax,
  type Totals,
  totalLines,
} from "../../../../domain/billing/lines.ts";
import { amountMax } from "../../../../domain/shared/money.ts";

const one = 1_000_000; // a quantity of 1, in millionths
const percent = (value: number) => ({ type: "percent", value: value * 10_000 }) as const;
const amount = (value: number) => ({ type: "amount", value }) as const;
const vat: Tax = { name: "VAT", rate: 190_000 };
const reduced: Tax = { name: "Reduced", rate: 70_000 };

const aLine = (over: Partial<Line> = {}): Line => ({ quantity: one, price: 1000, ...over });
const aDocument = (over: Partial<DocumentLines> = {}): DocumentLines => ({
  currency: "USD",
  items: [aLine()],
  taxIncluded: false,
  extraCharges: [],
  ...over,
});

function totalsOf(over: Partial<DocumentLines>): Totals {
  const result = totalLines(aDocument(over));
  if (!result.ok) throw new Error(result.reason);
  return result.totals;
}

describe("totalLines, by hand", () => {
  it("bills the loop's retainer: 1 x 5,000.00 without tax", () => {
    expect(totalsOf({ items: [aLine({ price: 500_000 })] })).toEqual({
      lineTotals: [500_000],
      subTotal: 500_000,
      discountTotal: 0,
      netTotal: 500_000,
      tax: 0,
      taxes: [],
      extraTotal: 0,
      total: 500_000,
    });
  });

  it("adds 19 % to hours less both discounts, then the extra charge", () => {
    // 12.5 h x 80.00 = 1000.00, less 10 % = 900.00; 3 x 33.33 = 99.99, less 9.99 = 90.00.
    // Sum 990.00, less 5 % = 49.50: 940.50 net. 19 % = 178.695, half-up 178.70. Plus 4.90.
    const totals = totalsOf({
      items: [
        aLine({ quantity: 12_500_000, price: 8000, discount: percent(10) }),
        aLine({ quantity: 3 * one, price: 3333, discount: amount(999) }),
      ],
      discount: percent(5),
      taxes: [vat],
      extraCharges: [{ name: "Courier", amount: 490 }],
    });
    expect(totals).toEqual({
      lineTotals: [90_000, 9000],
      subTotal: 99_000,
      discountTotal: 4950,
      netTotal: 94_050,
      tax: 17_870,
      taxes: [{ ...vat, amount: 17_870 }],
      extraTotal: 490,
      total: 112_410,
    });
  });

  it("finds the tax inside of a gross price", () => {
    // 119.00 / 1.19 = 100.00 net, 19.00 tax.
    const totals = totalsOf({ items: [aLine({ price: 11_900 })], taxes: [vat], taxIncluded: true });
    expect(totals).toMatchObject({ subTotal: 11_900, netTotal: 10_000, tax: 1900, total: 11_900 });
  });

  it("gives net the rest when two included taxes are rounded", () => {
    // 10.00 at 5 % and 9.975 %: net share 1000 / 1.14975 = 869.754...; taxes 43.487... and 86.757...
    // rounded 43 and 87, so net is 1000 - 130 = 870.
    const taxes = [
      { name: "GST", rate: 50_000 },
      { name: "QST", rate: 99_750 },
    ];
    const totals = totalsOf({ taxes, taxIncluded: true });
    expect(totals.taxes.map((tax) => tax.amount)).toEqual([43, 87]);
    expect(totals).toMatchObject({ netTotal: 870, tax: 130, total: 1000 });
  });

  it("splits included taxes by the rates of each line", () => {
    // 107.00 holds 7.00 at 7 %; 126.00 holds 19.00 and 7.00 at 26 %; 50.00 is exempt.
    const totals = totalsOf({
      items: [
        aLine({ price: 10_700, taxes: [reduced] }),
        aLine({ price: 12_600, taxes: [vat, reduced] }),
        aLine({ price: 5000, taxes: [] }),
      ],
      taxIncluded: true,
    });
    expect(totals.taxes).toEqual([
      { ...reduced, amount: 1400 },
      { ...vat, amount: 1900 },
    ]);
    expect(totals).toMatchObject({ netTotal: 25_000, tax: 3300, total: 28_300 });
  });
});

describe("a line", () => {
  it.each([
    ["rounds a half up", { quantity: 500_000, price: 1 }, 1], // 0.5
    ["rounds less than a half down", { quantity: 499_999, price: 1 }, 0], // 0.499999
    ["rounds once, after its discount", { quantity: 500_000, price: 3, discount: percent(50) }, 1], // 0.75
    [
      "takes an amount off the exact product",
      { quantity: 1_500_000, price: 1, discount: amount(1) },
      1,
    ], // 0.5
    ["is 0 at 100 % off", { price: 999, discount: percent(100) }, 0],
    ["is 0 less its whole amount", { price: 999, discount: amount(999) }, 0],
    [
      "takes a third of a percent exactly",
      { price: 300_000, discount: { type: "percent", value: 3333 } },
      299_000,
    ], // 999.9 off
    ["ignores a discount of 0", { price: -5, discount: amount(0) }, -5],
    ["is 0 without quantity", { quantity: 0, price: 999 }, 0],
  ] as const)("%s", (_name, over, total) => {
    const items = [aLine({ price: 10_000 }), aLine(over)];
    expect(totalsOf({ items }).lineTotals).toEqual([10_000, total]);
  });

  it("below 0 is a deduction, rounded away from zero and taxed as such", () => {
    const items = [aLine({ price: 100 }), aLine({ quantity: 500_000, price: -5 })]; // -2.5
    expect(totalsOf({ items, taxes: [{ name: "Ten", rate: 100_000 }] })).toMatchObject({
      lineTotals: [100, -3],
      subTotal: 97,
      tax: 10, // 9.7
      total: 107,
    });
  });
});

describe("the document's discount", () => {
  it("is rounded half-up when it is a percentage", () => {
    expect(totalsOf({ items: [aLine({ price: 30 })], discount: percent(5) })).toMatchObject({
      discountTotal: 2, // 1.5
      netTotal: 28,
    });
  });

  it("gives a left-over unit to the largest remainder, seen in the taxes of the lines", () => {
    // 1.00 over 10.00, 10.00 and 13.00: exactly 30.3, 30.3 and 39.4 cents; 39.4 gets the left-over.
    const items = [
      aLine({ price: 1000, taxes: [{ name: "A", rate: 1_000_000 }] }),
      aLine({ price: 1000, taxes: [{ name: "B", rate: 1_000_000 }] }),
      aLine({ price: 1300, taxes: [{ name: "C", rate: 1_000_000 }] }),
    ];
    const totals = totalsOf({ items, discount: amount(100) });
    expect(totals.taxes.map((tax) => tax.amount)).toEqual([970, 970, 1260]);
  });

  it("gives the left-over unit of equals to the first line", () => {
    const items = ["A", "B", "C"].map((name) => aLine({ taxes: [{ name, rate: 1_000_000 }] }));
    const totals = totalsOf({ items, discount: amount(100) });
    expect(totals.taxes.map((tax) => tax.amount)).toEqual([966, 967, 967]);
  });

  it("is not spread over lines below 0", () => {
    const items = [
      aLine({ price: 1000, taxes: [{ name: "A", rate: 1_000_000 }] }),
      aLine({ price: -500, taxes: [{ name: "B", rate: 1_000_000 }] }),
    ];
    const totals = totalsOf({ items, discount: amount(100) });
    expect(totals.taxes.map((tax) => tax.amount)).toEqual([900, -500]);
  });

  it("may be all of the sum", () => {
    expect(totalsOf({ discount: amount(1000), taxes: [vat] })).toMatchObject({
      netTotal: 0,
      tax: 0,
      total: 0,
    });
  });
});

describe("taxes", () => {
  it("are rounded once per rate, not per line", () => {
    const items = Array.from({ length: 3 }, () => aLine({ price: 2 })); // 19 % of 2 is 0.38 each
    expect(totalsOf({ items, taxes: [vat] }).taxes).toEqual([{ ...vat, amount: 1 }]); // 1.14
  });

  it("of the same name are kept apart by rate, in the order they first appear", () => {
    const items = [aLine(), aLine({ taxes: [{ name: "VAT", rate: 70_000 }] }), aLine()];
    expect(totalsOf({ items, taxes: [vat] }).taxes).toEqual([
      { ...vat, amount: 380 },
      { name: "VAT", rate: 70_000, amount: 70 },
    ]);
  });

  it("of a line replace the document's, also when the line has an empty list", () => {
    const items = [aLine({ taxes: [reduced] }), aLine({ taxes: [] })];
    expect(totalsOf({ items, taxes: [vat] }).taxes).toEqual([{ ...reduced, amount: 70 }]);
  });

  it("do not fall on extra charges", () => {
    const extraCharges = [{ name: "Stamp", amount: 100 }];
    expect(totalsOf({ taxes: [vat], extraCharges })).toMatchObject({ tax: 190, total: 1290 });
  });

  it("of 0 % are listed", () => {
    const exempt = { name: "Exempt", rate: 0 };
    expect(totalsOf({ taxes: [exempt] }).taxes).toEqual([{ ...exempt, amount: 0 }]);
  });
});

describe("refusals", () => {
  it.each<[string, Partial<DocumentLines>, LinesRefusal]>([
    ["a line discount above the line", { items: [aLine({ discount: amount(1001) })] }, "negative"],
    [
      "a line discount above 100 %",
      { items: [aLine({ discount: percent(100.0001) })] },
      "negative",
    ],
    [
      "a line discount above a line that is less than a cent",
      { items: [aLine({ quantity: 600_000, price: 1, discount: amount(1) })] },
      "negative",
    ],
    [
      "a discount that would be a surcharge",
      { items: [aLine({ discount: amount(-1) })] },
      "negative",
    ],
    [
      "an amount off a deduction",
      { items: [aLine(), aLine({ price: -5, discount: amount(1) })] },
      "negative",
    ],
    ["a document discount above the sum", { discount: amount(1001) }, "negative"],
    ["a document discount above 100 %", { discount: percent(100.1) }, "negative"],
    ["a document surcharge", { discount: amount(-1) }, "negative"],
    ["lines below 0", { items: [aLine({ price: -1 })] }, "negative"],
    [
      "lines below 0 though the extra charge is above",
      { items: [aLine({ price: -1 })], extraCharges: [{ name: "Fee", amount: 5 }] },
      "negative",
    ],
    ["a total below 0", { extraCharges: [{ name: "Rebate", amount: -1001 }] }, "negative"],
    [
      "included taxes that round to more than the gross",
      {
        items: [aLine({ price: 2 })],
        taxes: ["A", "B", "C"].map((name) => ({ name, rate: 1_000_000 })), // 0.5 each
        taxIncluded: true,
      },
      "negative",
    ],
    [
      "included rates that leave nothing to divide by",
      { taxes: [{ name: "Withheld", rate: -1_000_000 }], taxIncluded: true },
      "negative",
    ],
    ["a line beyond what JSON carries", { items: [aLine({ price: amountMax + 1 })] }, "too-large"],
    [
      "a product beyond the safe integers",
      { items: [aLine({ quantity: amountMax, price: amountMax })] },
      "too-large",
    ],
    ["a sum beyond it", { items: [aLine({ price: amountMax }), aLine({ price: 1 })] }, "too-large"],
    ["a tax beyond it", { items: [aLine({ price: amountMax })], taxes: [vat] }, "too-large"],
    [
      "a total beyond it",
      { items: [aLine({ price: amountMax })], extraCharges: [{ name: "Fee", amount: 1 }] },
      "too-large",
    ],
    ["a discount far above the sum", { discount: amount(Number.MAX_SAFE_INTEGER) }, "negative"],
  ])("refuses %s", (_name, over, reason) => {
    expect(totalLines(aDocument(over))).toEqual({ ok: false, reason });
  });

  it("takes the largest amount there is", () => {
    expect(totalsOf({ items: [aLine({ price: amountMax })] }).total).toBe(amountMax);
  });
});
