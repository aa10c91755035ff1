import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatDecimal,
  formatDecimalText,
  parseDecimal,
} from "../../../../domain/shared/decimal.ts";

const plain = "must be a plain decimal number of at most 15 digits";

describe("parseDecimal", () => {
  it.each([
    [0, 2, 0n],
    [-0, 2, 0n],
    [49.9, 2, 4990n],
    [-49.99, 2, -4999n],
    [-0.05, 2, -5n],
    [1.005, 3, 1005n],
    [0.8, 2, 80n],
    [19, 4, 190_000n],
    [1500, 0, 1500n],
    [0.000001, 6, 1n],
    [999_999_999_999_999, 0, 999_999_999_999_999n],
    [9_999_999_999_999.99, 2, 999_999_999_999_999n],
    [0.123456789012345, 15, 123_456_789_012_345n],
  ])("reads %d with %i decimals as %d units", (value, decimals, units) => {
    expect(parseDecimal(value, decimals)).toEqual({ ok: true, units });
  });

  it.each([
    ["more decimals than allowed", 1.005, 2, "must have at most 2 decimals"],
    ["more than one decimal", 1.25, 1, "must have at most 1 decimal"],
    ["decimals where there are none", 1.5, 0, "must be a whole number"],
    ["the residue of floating point", 0.1 + 0.2, 2, plain],
    ["16 digits", 1_000_000_000_000_000, 2, plain],
    ["16 digits across the point", 10_000_000_000_000.25, 2, plain],
    ["a large exponent form", 1e21, 2, plain],
    ["a small exponent form", 1e-7, 6, plain],
    ["not a number", Number.NaN, 2, "must be a finite number"],
    ["infinity", Number.POSITIVE_INFINITY, 2, "must be a finite number"],
    ["minus infinity", Number.NEGATIVE_INFINITY, 2, "must be a finite number"],
  ])("refuses %s", (_name, value, decimals, detail) => {
    expect(parseDecimal(value, decimals)).toEqual({ ok: false, detail });
  });
});

describe("formatDecimal", () => {
  it.each([
    [0n, 2, "0.00", 0],
    [5n, 2, "0.05", 0.05],
    [-5n, 2, "-0.05", -0.05],
    [4990, 2, "49.90", 49.9],
    [1500, 0, "1500", 1500],
    [-1500n, 0, "-1500", -1500],
    [1n, 6, "0.000001", 0.000001],
    [1234, 3, "1.234", 1.234],
    [999_999_999_999_999, 2, "9999999999999.99", 9_999_999_999_999.99],
  ])("writes %d units with %i decimals as %s", (units, decimals, text, value) => {
    expect(formatDecimalText(units, decimals)).toBe(text);
    expect(formatDecimal(units, decimals)).toBe(value);
  });

  it("is read back as the same units, up to 15 digits", () => {
    const units = fc.bigInt({ min: -999_999_999_999_999n, max: 999_999_999_999_999n });
    fc.assert(
      fc.property(units, fc.integer({ min: 0, max: 6 }), (exact, decimals) => {
        const read = parseDecimal(formatDecimal(exact, decimals), decimals);
        expect(read).toEqual({ ok: true, units: exact });
      }),
    );
  });
});
