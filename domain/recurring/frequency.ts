import { addDays, addMonths, type Day } from "../shared/calendar.ts";

const intervals = {
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
} as const satisfies Record<string, { days: number } | { months: number }>;

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
] as const satisfies readonly (keyof typeof intervals)[];

export type Frequency = (typeof frequencies)[number];

/** Counted from the anchor, never from the last one, so 31 January comes back to the 31st in March. */
export function occurrence(anchor: Day, frequency: Frequency, n: number): Day {
  const interval = intervals[frequency];
  return "days" in interval
    ? addDays(anchor, n * interval.days)
    : addMonths(anchor, n * interval.months);
}
