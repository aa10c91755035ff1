import { describe, expect, it } from "vitest";
import {
  formatDay,
  formatDays,
  formatInstantDay,
  formatMoney,
  formatNumber,
  formatPercent,
} from "../../../../functions/kit/format.ts";

/** Intl's narrow and unbreakable spaces as plain ones. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u2009\u202f]/g, " ");

describe("money", () => {
  it.each([
    [70_000, "USD", "en-US", "$700.00"],
    [-180_000, "USD", "en-US", "-$1,800.00"],
    [123_456_789, "EUR", "de-DE", "1.234.567,89 €"],
    [123_456, "EUR", "fr-FR", "1 234,56 €"],
    [123_456, "EUR", "es-ES", "1.234,56 €"],
    [5_000, "JPY", "en-US", "¥5,000"],
    [5, "KWD", "en-US", "KWD 0.005"],
    [0, "USD", "en-US", "$0.00"],
    [150, "USD", "ar-EG", "1.50"],
  ])("writes %d %s in %s", (amount, currency, locale, text) => {
    expect(plain(formatMoney(amount, currency, locale))).toContain(text);
  });

  it("writes the largest whole number to the cent", () => {
    const text = formatMoney(Number.MAX_SAFE_INTEGER, "USD", "en-US");
    expect(text).toBe("$90,071,992,547,409.91");
  });

  it("keeps the decimals of a column alike", () => {
    expect(formatMoney(100, "USD", "en-US")).toBe("$1.00");
    expect(formatMoney(100_000, "EUR", "es-ES")).toContain("1.000,00");
  });

  it("refuses what is no currency or no whole number of units", () => {
    expect(() => formatMoney(1, "ZZZ", "en-US")).toThrow(RangeError);
    expect(() => formatMoney(1.5, "USD", "en-US")).toThrow(RangeError);
  });

  it("falls back for a locale that is none", () => {
    expect(formatMoney(100, "USD", "no such locale")).toBe("$1.00");
    expect(formatMoney(100, "USD", "tlh")).toBe("$1.00");
  });
});

describe("numbers and rates", () => {
  it("writes quantities with up to 6 decimals and no more than they have", () => {
    expect(formatNumber("12.5", "en-US")).toBe("12.5");
    expect(formatNumber("1234567.123456", "de-DE")).toBe("1.234.567,123456");
    expect(formatNumber(3, "en-US")).toBe("3");
  });

  it("writes rates of 1/10,000 percent", () => {
    expect(formatPercent(190_000, "en-US")).toBe("19%");
    expect(plain(formatPercent(77_000, "de-DE"))).toBe("7,7 %");
    expect(formatPercent(88_750, "en-US")).toBe("8.875%");
    expect(formatPercent(1, "en-US")).toBe("0.0001%");
  });
});

describe("days", () => {
  it("writes a day as people of a place do", () => {
    expect(formatDay("2027-02-02", "en-US")).toBe("February 2, 2027");
    expect(formatDay("2027-02-02", "en-GB")).toBe("2 February 2027");
    expect(formatDay("2027-02-02", "de-DE")).toBe("2. Februar 2027");
    expect(formatDay("2027-02-02", "en-US", "medium")).toBe("Feb 2, 2027");
  });

  it("writes a range as one", () => {
    expect(plain(formatDays("2027-01-01", "2027-01-31", "en-US"))).toBe("January 1 – 31, 2027");
  });

  it("writes an instant as the day it is in a zone", () => {
    const instant = "2027-01-31T23:30:00.000Z";
    expect(formatInstantDay({ instant, zone: "Europe/Berlin" }, "en-US")).toBe("February 1, 2027");
    expect(formatInstantDay({ instant, zone: "America/New_York" }, "en-US", "medium")).toBe(
      "Jan 31, 2027",
    );
  });
});
