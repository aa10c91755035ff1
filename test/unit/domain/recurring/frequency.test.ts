import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Frequency, frequencies, occurrence } from "../../../../domain/recurring/frequency.ts";
import { daysBetween } from "../../../../domain/shared/calendar.ts";

const days: Partial<Record<Frequency, number>> = {
  daily: 1,
  weekly: 7,
  twoWeeks: 14,
  fourWeeks: 28,
};
const months: Partial<Record<Frequency, number>> = {
  monthly: 1,
  twoMonths: 2,
  threeMonths: 3,
  fourMonths: 4,
  sixMonths: 6,
  yearly: 12,
  twoYears: 24,
  threeYears: 36,
};

const anchors = fc
  .integer({ min: 0, max: 40_000 })
  .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
const counts = fc.nat(500);
const numbersOf = (day: string) => day.split("-").map(Number) as [number, number, number];

describe("occurrence", () => {
  it.each([
    [
      "2026-01-31",
      "monthly",
      ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"],
    ],
    ["2024-01-30", "monthly", ["2024-01-30", "2024-02-29", "2024-03-30"]],
    ["2026-08-31", "sixMonths", ["2026-08-31", "2027-02-28", "2027-08-31", "2028-02-29"]],
    [
      "2026-12-31",
      "twoMonths",
      ["2026-12-31", "2027-02-28", "2027-04-30", "2027-06-30", "2027-08-31"],
    ],
    ["2026-11-30", "threeMonths", ["2026-11-30", "2027-02-28", "2027-05-30"]],
    ["2026-10-31", "fourMonths", ["2026-10-31", "2027-02-28", "2027-06-30", "2027-10-31"]],
    [
      "2024-02-29",
      "yearly",
      ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"],
    ],
    ["2024-02-29", "twoYears", ["2024-02-29", "2026-02-28", "2028-02-29"]],
    [
      "2024-02-29",
      "threeYears",
      ["2024-02-29", "2027-02-28", "2030-02-28", "2033-02-28", "2036-02-29"],
    ],
    ["2024-02-28", "daily", ["2024-02-28", "2024-02-29", "2024-03-01"]],
    ["2026-12-28", "weekly", ["2026-12-28", "2027-01-04", "2027-01-11"]],
    ["2026-02-20", "twoWeeks", ["2026-02-20", "2026-03-06", "2026-03-20"]],
    ["2024-02-05", "fourWeeks", ["2024-02-05", "2024-03-04", "2024-04-01"]],
  ] as const)("from %s %s", (anchor, frequency, expected) => {
    expect(expected.map((_day, n) => occurrence(anchor, frequency, n))).toEqual(expected);
  });

  it("has an interval in this test for each frequency", () => {
    expect(Object.keys({ ...days, ...months })).toEqual([...frequencies]);
  });

  it("counts whole days from the anchor", () => {
    const frequency = fc.constantFrom(...frequencies.filter((name) => days[name]));
    fc.assert(
      fc.property(anchors, frequency, counts, (anchor, name, n) => {
        expect(daysBetween(anchor, occurrence(anchor, name, n))).toBe(n * days[name]!);
      }),
    );
  });

  it("stays on the anchor's day of the month, or the last one of a shorter month", () => {
    const frequency = fc.constantFrom(...frequencies.filter((name) => months[name]));
    fc.assert(
      fc.property(anchors, frequency, counts, (anchor, name, n) => {
        const [year, month, day] = numbersOf(anchor);
        const [gotYear, gotMonth, gotDay] = numbersOf(occurrence(anchor, name, n));
        expect(gotYear * 12 + gotMonth).toBe(year * 12 + month + n * months[name]!);
        const lengthOfMonth = new Date(Date.UTC(gotYear, gotMonth, 0)).getUTCDate();
        expect(gotDay).toBe(Math.min(day, lengthOfMonth));
      }),
    );
  });

  it("is always later than the one before", () => {
    fc.assert(
      fc.property(anchors, fc.constantFrom(...frequencies), counts, (anchor, name, n) => {
        expect(occurrence(anchor, name, n) < occurrence(anchor, name, n + 1)).toBe(true);
      }),
    );
  });
});
