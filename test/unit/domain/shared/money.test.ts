import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  allocate,
  amountMax,
  fromMajor,
  isZero,
  min,
  money,
  multiplyRatio,
  negate,
  roundRatio,
  subtract,
  sum,
  toMajor,
  zero,
} from "../../../../domain/shared/money.ts";

const dollars = (amount: number) => money(amount, "USD");

describe("money", () => {
  it.each([0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])("throws on %d", (amount) => {
    expect(() => money(amount, "USD")).toThrow(RangeError);
  });

  it("adds, subtracts and negates", () => {
    expect(add(dollars(250), dollars(-50))).toEqual(dollars(200));
    expect(subtract(dollars(250), dollars(300))).toEqual(dollars(-50));
    expect(negate(dollars(250))).toEqual(dollars(-250));
  });

  it("knows no negative zero", () => {
    expect(Object.is(negate(zero("USD")).amount, 0)).toBe(true);
    expect(isZero(negate(zero("USD")))).toBe(true);
    expect(isZero(dollars(1))).toBe(false);
  });

  it("throws when a sum leaves the whole numbers", () => {
    expect(() => add(dollars(Number.MAX_SAFE_INTEGER), dollars(1))).toThrow(RangeError);
  });

  it.each([
    ["add", add],
    ["subtract", subtract],
    ["min", min],
  ])("%s never mixes currencies", (_name, operation) => {
    expect(() => operation(dollars(1), money(1, "EUR"))).toThrow(TypeError);
  });

  it("sums up, also nothing, in the currency it is given", () => {
    expect(sum("JPY", [])).toEqual({ amount: 0, currency: "JPY" });
    expect(sum("USD", [dollars(1), dollars(2), dollars(-5)])).toEqual(dollars(-2));
    expect(() => sum("EUR", [dollars(1)])).toThrow(TypeError);
  });

  it("finds the smaller one", () => {
    expect(min(dollars(3), dollars(2))).toEqual(dollars(2));
    expect(min(dollars(-3), dollars(2))).toEqual(dollars(-3));
  });
});

describe("multiplyRatio", () => {
  it.each([
    [1, 1n, 2n, "half-up", 1],
    [-1, 1n, 2n, "half-up", -1],
    [1, -1n, 2n, "half-up", -1],
    [3, 1n, 2n, "half-up", 2],
    [1, 49n, 100n, "half-up", 0],
    [-1, 49n, 100n, "half-up", 0],
    [1, 99n, 100n, "down", 0],
    [-1, 99n, 100n, "down", 0],
    [-7, 1n, 2n, "down", -3],
    [10_050, 190_000n, 1_000_000n, "half-up", 1910], // 1909.5
    [Number.MAX_SAFE_INTEGER, 3n, 3n, "half-up", Number.MAX_SAFE_INTEGER],
  ] as const)("%i x %i / %i rounded %s is %i", (amount, numerator, denominator, rounding, want) => {
    expect(multiplyRatio(amount, numerator, denominator, rounding)).toBe(want);
  });

  it("throws beyond the whole numbers and on an impossible denominator", () => {
    expect(() => multiplyRatio(Number.MAX_SAFE_INTEGER, 2n, 1n, "down")).toThrow(RangeError);
    expect(() => multiplyRatio(1, 1n, 0n, "down")).toThrow(RangeError);
    expect(() => multiplyRatio(1, 1n, -1n, "half-up")).toThrow(RangeError);
  });

  it("rounds half-up to the nearest and down never past zero", () => {
    const ratio = fc.record({
      numerator: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      denominator: fc.bigInt({ min: 1n, max: 10n ** 9n }),
    });
    fc.assert(
      fc.property(ratio, ({ numerator, denominator }) => {
        const up = roundRatio({ numerator, denominator }, "half-up");
        const down = roundRatio({ numerator, denominator }, "down");
        const off = 2n * (up * denominator - numerator);
        expect(off <= denominator && off >= -denominator).toBe(true);
        expect(down).toBe(numerator / denominator);
        expect(roundRatio({ numerator: -numerator, denominator }, "half-up")).toBe(-up);
      }),
    );
  });
});

describe("allocate", () => {
  it.each([
    ["a third each, the left-over to the first", 100, [1n, 1n, 1n], [34, 33, 33]],
    ["left-overs to the largest remainders", 10, [5n, 3n, 7n], [3, 2, 5]],
    ["two left-overs to the first two of three equals", 5, [1n, 1n, 1n], [2, 2, 1]],
    ["nothing to a weight of 0", 7, [0n, 2n, 0n, 1n], [0, 5, 0, 2]],
    ["a negative total like a positive one", -100, [1n, 1n, 1n], [-34, -33, -33]],
    ["nothing at all", 0, [1n, 2n], [0, 0]],
    ["nothing over nothing", 0, [0n, 0n], [0, 0]],
    ["nothing to nobody", 0, [], []],
    ["less than there are parts", 1, [1n, 2n, 2n], [0, 1, 0]],
  ] as const)("gives %s", (_name, total, weights, parts) => {
    expect(allocate(total, weights)).toEqual(parts);
  });

  it.each([
    ["has nobody to give to", 1, []],
    ["has only weights of 0", 1, [0n, 0n]],
    ["has a weight below 0", 1, [2n, -1n]],
    ["is not whole", 1.5, [1n]],
  ] as const)("throws when the total %s", (_name, total, weights) => {
    expect(() => allocate(total, weights)).toThrow(RangeError);
  });

  const weightsOf = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 1, maxLength: 30 })
    .filter((weights) => weights.some((weight) => weight > 0n));

  it("adds up to the whole, each part within one unit of its exact share", () => {
    fc.assert(
      fc.property(fc.integer({ min: -amountMax, max: amountMax }), weightsOf, (total, weights) => {
        const parts = allocate(total, weights);
        const weightSum = weights.reduce((acc, weight) => acc + weight, 0n);
        expect(parts.reduce((acc, part) => acc + BigInt(part), 0n)).toBe(BigInt(total));
        for (const [index, weight] of weights.entries()) {
          const off = BigInt(parts[index]!) * weightSum - BigInt(total) * weight;
          expect(off < weightSum && off > -weightSum).toBe(true);
          if (weight === 0n) expect(parts[index]).toBe(0);
        }
      }),
    );
  });

  it("never gives an earlier of two equals less than the later", () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 40 }), (total, count) => {
        const parts = allocate(
          total,
          Array.from({ length: count }, () => 1n),
        );
        expect(parts).toEqual([...parts].sort((a, b) => b - a));
      }),
    );
  });
});

describe("the API's decimal numbers", () => {
  it.each([
    [49.9, "USD", 4990],
    [-49.9, "USD", -4990],
    [1500, "JPY", 1500],
    [1.234, "KWD", 1234],
    [0.0001, "CLF", 1],
    [0, "USD", 0],
    [9_999_999_999_999.99, "USD", amountMax],
    [999_999_999_999_999, "JPY", amountMax],
  ] as const)("%d %s is %i minor units and back", (value, currency, amount) => {
    expect(fromMajor(value, currency)).toEqual({ ok: true, amount });
    expect(toMajor(amount, currency)).toBe(value);
  });

  it.each([
    ["a tenth of a cent", 0.005, "USD", "must have at most 2 decimals (USD)"],
    ["half a yen", 0.5, "JPY", "must be a whole number (JPY)"],
    ["a fourth decimal of a dinar", 1.2345, "KWD", "must have at most 3 decimals (KWD)"],
    ["what overflows in minor units", 10_000_000_000_000, "USD", "must be smaller (USD)"],
    ["an exponent", 1e21, "USD", "must be a plain decimal number of at most 15 digits (USD)"],
  ] as const)("refuses %s", (_name, value, currency, detail) => {
    expect(fromMajor(value, currency)).toEqual({ ok: false, detail });
  });

  it("reads minus zero as zero", () => {
    const parsed = fromMajor(-0, "USD");
    expect(parsed.ok && Object.is(parsed.amount, 0)).toBe(true);
  });
});
