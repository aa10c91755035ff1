import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  counterName,
  counterOf,
  defaultNumbering,
  formatNumber,
  namesYear,
  patternSchema,
} from "../../../../domain/agencies/numbering.ts";

test.each([
  ["INV-{0000}", 7, "INV-0007"],
  ["INV-{0000}", 12_345, "INV-12345"],
  ["{year}/{00}", 7, "2027/07"],
  ["{000}-{year}", 999, "999-2027"],
  ["{0}", 0, "0"],
])("%s of %i in 2027 is %s", (pattern, value, number) => {
  expect(patternSchema.safeParse(pattern).success).toBe(true);
  expect(formatNumber(pattern, value, 2027)).toBe(number);
});

test.each([
  ["no zeros", "INV-1"],
  ["two runs of zeros", "{00}-{00}"],
  ["the year twice", "{year}{year}{00}"],
  ["another word in braces", "{month}-{00}"],
  ["other digits in braces", "{01}"],
  ["an open brace", "INV-{{0}"],
  ["more zeros than anyone counts", `{${"0".repeat(13)}}`],
  ["more than 40 letters", `${"x".repeat(38)}{0}`],
])("a pattern with %s is none", (_what, pattern) => {
  expect(patternSchema.safeParse(pattern).success).toBe(false);
});

describe("numbers of a series", () => {
  const text = fc.stringMatching(/^[A-Za-z/-]{0,8}$/);
  const patterns = fc
    .tuple(text, fc.integer({ min: 1, max: 12 }), text, fc.boolean())
    .map(([before, zeros, after, hasYear]) =>
      [before, hasYear ? "{year}-" : "", `{${"0".repeat(zeros)}}`, after].join(""),
    );

  test("never meet within a year", () => {
    fc.assert(
      fc.property(patterns, fc.nat(1e9), fc.nat(1e9), (pattern, a, b) => {
        const [one, other] = [a, b].map((value) => formatNumber(pattern, value, 2027));
        expect(one === other).toBe(a === b);
        expect(patternSchema.parse(pattern)).toBe(pattern);
      }),
    );
  });

  test("differ by year only where their pattern names it", () => {
    fc.assert(
      fc.property(patterns, fc.nat(1e9), (pattern, value) => {
        const [now, later] = [2027, 2028].map((year) => formatNumber(pattern, value, year));
        expect(now !== later).toBe(namesYear(pattern));
      }),
    );
  });

  test("are counted for ever, or from one anew every year", () => {
    const yearly = { ...defaultNumbering, yearlyReset: true };
    expect(counterOf(defaultNumbering, 2027)).toBe(counterOf(defaultNumbering, 2028));
    expect(counterOf(yearly, 2027)).not.toBe(counterOf(yearly, 2028));
    expect(counterName("quote", counterOf(yearly, 2027))).toBe("QUO COUNTER#2027");
  });
});
