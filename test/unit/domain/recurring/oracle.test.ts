import * as rrule from "rrule";
import { describe, expect, test } from "vitest";
import { positionAt } from "../../../../domain/recurring/cycles.ts";
import { type Frequency, frequencies, occurrence } from "../../../../domain/recurring/frequency.ts";
import { addDays, addMonths, dayIn, instantAt } from "../../../../domain/shared/calendar.ts";

const { RRule } = (rrule as unknown as { default?: typeof rrule }).default ?? rrule;

/** iCalendar's rules (RFC 5545), an implementation that is none of ours. */
const rules: Readonly<Record<Frequency, { freq: number; interval: number }>> = {
  daily: { freq: RRule.DAILY, interval: 1 },
  weekly: { freq: RRule.WEEKLY, interval: 1 },
  twoWeeks: { freq: RRule.WEEKLY, interval: 2 },
  fourWeeks: { freq: RRule.WEEKLY, interval: 4 },
  monthly: { freq: RRule.MONTHLY, interval: 1 },
  twoMonths: { freq: RRule.MONTHLY, interval: 2 },
  threeMonths: { freq: RRule.MONTHLY, interval: 3 },
  fourMonths: { freq: RRule.MONTHLY, interval: 4 },
  sixMonths: { freq: RRule.MONTHLY, interval: 6 },
  yearly: { freq: RRule.MONTHLY, interval: 12 },
  twoYears: { freq: RRule.MONTHLY, interval: 24 },
  threeYears: { freq: RRule.MONTHLY, interval: 36 },
};

/**
 * RFC 5545 leaves out months that lack the anchor's day, where ours takes their last day. BYMONTHDAY with
 * all days from 28 to the anchor's, and of those the last (BYSETPOS), says the same in its language.
 */
function expected(anchor: string, frequency: Frequency, until: string): string[] {
  const day = Number(anchor.slice(8));
  const isMonthly = rules[frequency].freq === RRule.MONTHLY;
  const clamps = isMonthly && day > 28;
  const rule = new RRule({
    ...rules[frequency],
    dtstart: new Date(`${anchor}T00:00:00Z`),
    until: new Date(`${until}T00:00:00Z`),
    ...(clamps
      ? { bymonthday: Array.from({ length: day - 27 }, (_, n) => 28 + n), bysetpos: -1 }
      : {}),
  });
  return rule.all().map((date) => date.toISOString().slice(0, 10));
}

const anchors = [
  "2027-01-28",
  "2027-01-29",
  "2027-01-30",
  "2027-01-31",
  "2028-02-29",
  "2027-12-31",
];
const months = 36;

describe.each(frequencies)("%s", (frequency) => {
  test.each(anchors)("from %s agrees with an independent calendar for 36 months", (anchor) => {
    const until = addMonths(anchor, months);
    const days = expected(anchor, frequency, until);
    expect(days.length).toBeGreaterThan(0);
    expect(days.map((_, n) => occurrence(anchor, frequency, n))).toEqual(days);
    expect(occurrence(anchor, frequency, days.length) > until).toBe(true);
  });

  test.each(anchors)(
    "from %s: the position of any day is that of the next occurrence",
    (anchor) => {
      const rhythm = { startOn: anchor, frequency };
      for (let n = 0; n < 400; n += 1) {
        const day = addDays(anchor, n);
        const position = positionAt(rhythm, day);
        expect(occurrence(anchor, frequency, position) >= day).toBe(true);
        if (position > 0) expect(occurrence(anchor, frequency, position - 1) < day).toBe(true);
      }
    },
  );
});

/** Zones with daylight saving on both halves of the globe, with half-hour steps, and one that skipped a day. */
const zones = [
  "America/New_York",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
  "America/St_Johns",
];

describe.each(zones)("in %s", (zone) => {
  test("every day of 36 months has one instant of its send hour, on that day, in order", () => {
    const clockOnTheWall = new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false },
    });
    for (const hour of [0, 2, 6, 23]) {
      let before = "";
      for (let n = 0; n < 1_096; n += 1) {
        const day = addDays("2026-12-01", n);
        const at = instantAt(day, hour, zone);
        expect(dayIn(at, zone)).toBe(day);
        expect(at > before).toBe(true);
        const local = clockOnTheWall.format(new Date(at));
        // Only a gap may move it, and by no more than an hour and a half.
        const late = (Number(local.slice(0, 2)) % 24) * 60 + Number(local.slice(3)) - hour * 60;
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThan(90);
        before = at;
      }
    }
  });
});

test("a day that a zone skipped runs at the first instant after it", () => {
  expect(instantAt("2011-12-30", 6, "Pacific/Apia")).toBe("2011-12-30T10:00:00.000Z");
  expect(instantAt("2011-12-31", 0, "Pacific/Apia")).toBe("2011-12-30T10:00:00.000Z");
});
