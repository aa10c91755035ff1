/** Days and instants as product.md, section 6, has them, counted a second time without the core. */
export interface Rhythm {
  startOn: string;
  frequency: string;
}

const dayMs = 86_400_000;
const days: Readonly<Record<string, number>> = { daily: 1, weekly: 7, twoWeeks: 14, fourWeeks: 28 };
const months: Readonly<Record<string, number>> = {
  ...{ monthly: 1, twoMonths: 2, threeMonths: 3, fourMonths: 4, sixMonths: 6 },
  ...{ yearly: 12, twoYears: 24, threeYears: 36 },
};
export const frequencies = [...Object.keys(days), ...Object.keys(months)];

export const plusDays = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10);

/** Day n of a rhythm: the anchor's own day of the month, or the month's last where it has none. */
export function dayOf({ startOn, frequency }: Rhythm, n: number): string {
  const [year = 0, month = 0, date = 0] = startOn.split("-").map(Number);
  const everyDays = days[frequency];
  if (everyDays !== undefined) return plusDays(startOn, n * everyDays);
  const moved = month - 1 + n * (months[frequency] ?? 0);
  const last = new Date(Date.UTC(year, moved + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, moved, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The number of the first day, from `from` on, that is not before `day`. */
export function firstFrom(rhythm: Rhythm, day: string, from: number): number {
  let n = from;
  while (dayOf(rhythm, n) < day) n += 1;
  return n;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function localTime(instantMs: number, timeZone: string): string {
  const options = { timeZone, dateStyle: "short", timeStyle: "short" } as const;
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", options);
  clocks.set(timeZone, clock);
  return clock.format(instantMs);
}

const halfHourMs = 1_800_000;
const known = new Map<string, string>();

/** The first instant at which the zone's own clocks have reached the hour of the day. */
export function instantOf(day: string, hour: number, timeZone: string): string {
  const key = `${day} ${hour} ${timeZone}`;
  const before = known.get(key);
  if (before) return before;
  const wanted = `${day} ${String(hour).padStart(2, "0")}:00`;
  // No zone is further than 14 hours away from UTC.
  let instantMs = Date.parse(day) + (hour - 15) * 3_600_000;
  while (localTime(instantMs, timeZone) < wanted) instantMs += halfHourMs;
  const found = new Date(instantMs).toISOString();
  known.set(key, found);
  return found;
}

export const localDay = (instant: string, timeZone: string): string =>
  localTime(Date.parse(instant), timeZone).slice(0, 10);
