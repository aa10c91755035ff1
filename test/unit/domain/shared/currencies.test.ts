import { describe, expect, it } from "vitest";
import { currencyExponents, exponentOf, isCurrency } from "../../../../domain/shared/currencies.ts";

describe("currencies", () => {
  it.each([
    ["JPY", 0],
    ["KRW", 0],
    ["ISK", 0],
    ["UGX", 0],
    ["USD", 2],
    ["EUR", 2],
    ["HUF", 2],
    ["MGA", 2],
    ["KWD", 3],
    ["TND", 3],
    ["CLF", 4],
  ] as const)("%s has %i decimals", (currency, exponent) => {
    expect(exponentOf(currency)).toBe(exponent);
  });

  it.each(["usd", "US", "USDX", "", "XXX", "XAU", "HRK", "toString", "__proto__"])(
    "does not take %j for a currency",
    (text) => {
      expect(isCurrency(text)).toBe(false);
    },
  );

  it("takes its own codes, each of three capitals with 0, 2, 3 or 4 decimals", () => {
    for (const [code, exponent] of Object.entries(currencyExponents)) {
      expect(isCurrency(code)).toBe(true);
      expect(code).toMatch(/^[A-Z]{3}$/);
      expect([0, 2, 3, 4]).toContain(exponent);
    }
  });
});
