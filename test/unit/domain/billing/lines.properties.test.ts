import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DocumentLines, type Totals, totalLines } from "../../../../domain/billing/lines.ts";

const taxes = fc.array(
  fc.record({
    name: fc.constantFrom("A", "B", "C"),
    rate: fc.integer({ min: 0, max: 1_000_000 }),
  }),
  { maxLength: 3 },
);
const discounts = fc.oneof(
  fc.constant(undefined),
  fc.record({
    type: fc.constant("percent" as const),
    value: fc.integer({ min: 0, max: 1_000_000 }),
  }),
  fc.record({ type: fc.constant("amount" as const), value: fc.nat(50_000) }),
);
const lines = fc.record({
  quantity: fc.nat(50_000_000),
  price: fc.nat(100_000_00),
  discount: discounts,
  taxes: fc.option(taxes, { nil: undefined }),
});
const documents: fc.Arbitrary<DocumentLines> = fc.record({
  currency: fc.constantFrom("USD", "JPY", "KWD"),
  items: fc.array(lines, { minLength: 1, maxLength: 12 }),
  discount: discounts,
  taxes,
  taxIncluded: fc.boolean(),
  extraCharges: fc.array(fc.record({ name: fc.constant("Extra"), amount: fc.nat(10_000) }), {
    maxLength: 3,
  }),
});
const sum = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);

describe("any document that is taken", () => {
  const holds = (check: (totals: Totals, document: DocumentLines) => void) =>
    fc.assert(
      fc.property(documents, (document) => {
        const result = totalLines(document);
        fc.pre(result.ok);
        check(result.totals, document);
      }),
    );

  it("adds up, and no part of it is below 0", () => {
    holds((totals, document) => {
      expect(totals.netTotal + totals.tax + totals.extraTotal).toBe(totals.total);
      expect(sum(totals.lineTotals)).toBe(totals.subTotal);
      expect(sum(totals.taxes.map((tax) => tax.amount))).toBe(totals.tax);
      expect(sum(document.extraCharges.map((extra) => extra.amount))).toBe(totals.extraTotal);
      const { lineTotals, taxes: each, ...rest } = totals;
      const all = [...lineTotals, ...each.map((tax) => tax.amount), ...Object.values(rest)];
      expect(all.every((part) => Number.isSafeInteger(part) && part >= 0)).toBe(true);
    });
  });

  it("costs its lines less its discount, plus the tax unless that is included", () => {
    holds((totals, document) => {
      const discounted = totals.subTotal - totals.discountTotal;
      const gross = document.taxIncluded ? discounted : discounted + totals.tax;
      expect(totals.total).toBe(gross + totals.extraTotal);
    });
  });

  it("has each tax within half a unit per line rate of what the net amount says", () => {
    holds((totals, document) => {
      fc.pre(document.items.every((line) => line.taxes === undefined));
      const rates = document.taxes ?? [];
      fc.pre(new Set(rates.map((tax) => tax.name)).size === rates.length);
      for (const { rate, amount: units } of totals.taxes) {
        const exact = BigInt(totals.netTotal) * BigInt(rate);
        const off = BigInt(units) * 1_000_000n - exact;
        // With tax included the net total itself is off by half a unit per tax.
        const slack = 500_000n + (document.taxIncluded ? BigInt(rates.length * rate) : 0n);
        expect(off <= slack && off >= -slack).toBe(true);
      }
    });
  });
});

describe("any document at all", () => {
  const whole = fc.maxSafeInteger();
  const anyTaxes = fc.array(fc.record({ name: fc.string(), rate: whole }), { maxLength: 3 });
  const anyDiscount = fc.option(
    fc.record({ type: fc.constantFrom("amount" as const, "percent" as const), value: whole }),
    { nil: undefined },
  );
  const wild: fc.Arbitrary<DocumentLines> = fc.record({
    currency: fc.constant("USD" as const),
    items: fc.array(
      fc.record({
        quantity: whole,
        price: whole,
        discount: anyDiscount,
        taxes: fc.option(anyTaxes, { nil: undefined }),
      }),
      { maxLength: 5 },
    ),
    discount: anyDiscount,
    taxes: anyTaxes,
    taxIncluded: fc.boolean(),
    extraCharges: fc.array(fc.record({ name: fc.string(), amount: whole }), { maxLength: 3 }),
  });

  it("is totalled or refused, and never throws", () => {
    fc.assert(
      fc.property(wild, (document) => {
        const result = totalLines(document);
        if (!result.ok) expect(["negative", "too-large"]).toContain(result.reason);
        else expect(result.totals.netTotal).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
