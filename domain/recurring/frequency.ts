import { addDays, addMonths, type Day } from "../shared/calendar.ts";

export const frequencies = [
  "daily",
  "weekly",
  "twoWeeks",
  "fourWeeks",
  "monthly",
  "twoMonths",
  "threeMonths",
  "fourMonths",
  "sixMonths",
  "yearly",
  "twoYears",
  "threeYears",
] as const;

export type Frequency = (typeof frequencies)[number];

type Interval = { readonly days: number } | { readonly months: number };

const intervals: Readonly<Record<Frequency, Interval>> = {
  daily: { days: 1 },
  weekly: { days: 7 },
  twoWeeks: { days: 14 },
  fourWeeks: { days: 28 },
  monthly: { months: 1 },
  twoMonths: { months: 2 },
  threeMonths: { months: 3 },
  fourMonths: { months: 4 },
  sixMonths: { months: 6 },
  yearly: { months: 12 },
  twoYears: { months: 24 },
  threeYears: { months: 36 },
};

/** Counted from the anchor, never from the last one: a 31st clamped in February is back in March. */
export function occurrence(anchor: Day, frequency: Frequency, n: number): Day {
  const interval = intervals[frequency];
  return "days" in interval
    ? addDays(anchor, n * interval.days)
    : addMonths(anchor, n * interval.months);
}

const longestMonthDays = 31;

/** No interval of the frequency is longer than this. */
export function longestIntervalDays(frequency: Frequency): number {
  const interval = intervals[frequency];
  return "days" in interval ? interval.days : interval.months * longestMonthDays;
}
