import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addDuration,
  addMonths,
  dayIn,
  daysBetween,
  epochMsOf,
  instantAt,
  instantOfMs,
  isDay,
  isInstant,
  isTimeZone,
  parseInstant,
  yearOf,
} from "../../../../domain/shared/calendar.ts";

const dayMs = 86_400_000;
const lastMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const dayOfMs = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const anyDay = fc
  .integer({ min: 0, max: Math.floor(lastMs / dayMs) })
  .map((n) => dayOfMs(n * dayMs));

describe("isDay", () => {
  it.each(["1970-01-01", "2024-02-29", "2000-02-29", "2026-12-31", "9999-12-31"])(
    "takes %s",
    (text) => {
      expect(isDay(text)).toBe(true);
    },
  );

  it.each([
    ["before 1970", "1969-12-31"],
    ["29 February of a common year", "2026-02-29"],
    ["29 February of a century", "2100-02-29"],
    ["31 April", "2026-04-31"],
    ["month 13", "2026-13-01"],
    ["month 0", "2026-00-10"],
    ["day 0", "2026-01-00"],
    ["a short form", "2026-1-1"],
    ["an instant", "2026-01-01T00:00:00.000Z"],
    ["a basic form", "20260101"],
    ["five-digit years", "12026-01-01"],
    ["a sign", "-2026-01-01"],
    ["a line break behind", "2026-01-01\n"],
    ["nothing", ""],
  ])("refuses %s", (_name, text) => {
    expect(isDay(text)).toBe(false);
  });

  it("takes every day there is", () => {
    fc.assert(fc.property(anyDay, (day) => isDay(day)));
  });
});

describe("isTimeZone", () => {
  it.each(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kolkata"])(
    "takes %s",
    (zone) => {
      expect(isTimeZone(zone)).toBe(true);
    },
  );

  it.each(["", "Mars/Olympus", "+02:00", "Europe", "Europe/Berlin ", "2026-01-01"])(
    "refuses %j",
    (zone) => {
      expect(isTimeZone(zone)).toBe(false);
    },
  );
});

describe("dayIn", () => {
  it.each([
    ["2026-01-31T23:30:00.000Z", "UTC", "2026-01-31"],
    ["2026-01-31T23:30:00.000Z", "Europe/Berlin", "2026-02-01"],
    ["2026-03-01T07:59:59.999Z", "America/Los_Angeles", "2026-02-28"],
    ["2026-03-01T08:00:00.000Z", "America/Los_Angeles", "2026-03-01"],
    ["2026-12-31T10:00:00.000Z", "Pacific/Kiritimati", "2027-01-01"],
    ["2026-06-30T18:29:59.999Z", "Asia/Kolkata", "2026-06-30"],
    ["2026-06-30T18:30:00.000Z", "Asia/Kolkata", "2026-07-01"],
  ])("%s in %s is %s", (instant, zone, day) => {
    expect(dayIn(instant, zone)).toBe(day);
  });
});

describe("days", () => {
  it.each([
    ["2024-02-28", 1, "2024-02-29"],
    ["2026-02-28", 1, "2026-03-01"],
    ["2026-01-01", -1, "2025-12-31"],
    ["2026-01-31", 0, "2026-01-31"],
    ["2026-01-01", 365, "2027-01-01"],
  ])("%s and %i days is %s", (day, n, want) => {
    expect(addDays(day, n)).toBe(want);
    expect(daysBetween(day, want)).toBe(n);
  });

  it.each([
    ["2026-01-31", 1, "2026-02-28"],
    ["2024-01-31", 1, "2024-02-29"],
    ["2026-01-31", 2, "2026-03-31"],
    ["2026-01-31", 3, "2026-04-30"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2024-02-29", 48, "2028-02-29"],
    ["2026-03-31", -1, "2026-02-28"],
  ])("%s and %i months is %s", (day, n, want) => {
    expect(addMonths(day, n)).toBe(want);
  });

  it("throws rather than leave four-digit years, which sort as text", () => {
    expect(() => addDays("9999-12-31", 1)).toThrow(RangeError);
    expect(() => addMonths("9999-12-01", 1)).toThrow(RangeError);
  });

  it("counts the days that it adds", () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(addDays(a, daysBetween(a, b))).toBe(b);
        expect(daysBetween(a, b)).toBe((Date.parse(b) - Date.parse(a)) / dayMs);
      }),
    );
  });

  it("reads the year", () => {
    expect(yearOf("2026-11-22")).toBe(2026);
  });
});

describe("instantAt", () => {
  it.each([
    ["an ordinary day", "2026-11-22", 6, "UTC", "2026-11-22T06:00:00.000Z"],
    ["winter in Berlin", "2026-01-15", 6, "Europe/Berlin", "2026-01-15T05:00:00.000Z"],
    ["summer in Berlin", "2026-07-15", 6, "Europe/Berlin", "2026-07-15T04:00:00.000Z"],
    [
      "six on the day clocks go forward",
      "2026-03-29",
      6,
      "Europe/Berlin",
      "2026-03-29T04:00:00.000Z",
    ],
    ["the hour Berlin skips", "2026-03-29", 2, "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
    ["the hour Berlin repeats", "2026-10-25", 2, "Europe/Berlin", "2026-10-25T00:00:00.000Z"],
    ["the hour New York skips", "2026-03-08", 2, "America/New_York", "2026-03-08T07:00:00.000Z"],
    ["the hour New York repeats", "2026-11-01", 1, "America/New_York", "2026-11-01T05:00:00.000Z"],
    [
      "the half hour Lord Howe skips",
      "2026-10-04",
      2,
      "Australia/Lord_Howe",
      "2026-10-03T15:30:00.000Z",
    ],
    ["a midnight Cairo skips", "2026-04-24", 0, "Africa/Cairo", "2026-04-23T22:00:00.000Z"],
    ["a gap at one past midnight", "2006-04-02", 1, "America/St_Johns", "2006-04-02T03:31:00.000Z"],
    ["the day Samoa skipped", "2011-12-30", 6, "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
    ["a zone ahead by 14 hours", "2026-01-01", 0, "Pacific/Kiritimati", "2025-12-31T10:00:00.000Z"],
    ["a zone with quarter hours", "2026-01-01", 6, "Asia/Kathmandu", "2026-01-01T00:15:00.000Z"],
  ])("%s", (_name, day, hour, zone, instant) => {
    expect(instantAt(day, hour, zone)).toBe(instant);
  });

  it("is on the day it names, in every zone that skips no midnight", () => {
    const zone = fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Sydney", "UTC");
    const days = fc.integer({ min: 0, max: 25_000 }).map((n) => dayOfMs(n * dayMs));
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 23 }), zone, (day, hour, name) => {
        const instant = instantAt(day, hour, name);
        expect(isInstant(instant) && dayIn(instant, name)).toBe(day);
      }),
    );
  });
});

describe("addDuration", () => {
  it.each([
    ["2026-01-31T10:00:00.000Z", "P1M", "2026-02-28T10:00:00.000Z"],
    ["2024-02-29T10:00:00.000Z", "P1Y", "2025-02-28T10:00:00.000Z"],
    ["2026-01-01T00:00:00.000Z", "PT5M", "2026-01-01T00:05:00.000Z"],
    ["2026-01-01T00:00:00.000Z", "P2W", "2026-01-15T00:00:00.000Z"],
    ["2026-03-28T12:00:00.000Z", "P1D", "2026-03-29T12:00:00.000Z"],
    ["2026-01-31T10:00:00.250Z", "P1Y2M3DT4H5M6S", "2027-04-03T14:05:06.250Z"],
    ["2026-01-01T00:00:00.000Z", "-PT1S", "2025-12-31T23:59:59.000Z"],
  ])("%s and %s is %s", (instant, duration, want) => {
    expect(addDuration(instant, duration)).toBe(want);
  });

  it.each(["", "1 month", "P", "P1M2"])("throws on %j", (duration) => {
    expect(() => addDuration("2026-01-01T00:00:00.000Z", duration)).toThrow(RangeError);
  });
});

describe("instants", () => {
  it.each([
    ["as stored", "2026-11-22T09:00:00.000Z", "2026-11-22T09:00:00.000Z"],
    ["without milliseconds", "2026-11-22T09:00:00Z", "2026-11-22T09:00:00.000Z"],
    ["with an offset", "2026-11-22T09:00:00+02:00", "2026-11-22T07:00:00.000Z"],
    ["finer than stored", "2026-11-22T09:00:00.123999Z", "2026-11-22T09:00:00.123Z"],
  ])("reads an instant %s", (_name, text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  it.each([
    "",
    "yesterday",
    "2026-11-22",
    "2026-11-22T09:00:00",
    "2026-02-30T09:00:00Z",
    "2026-11-22T25:00:00Z",
    "+012026-11-22T09:00:00Z",
  ])("finds no instant in %j", (text) => {
    expect(parseInstant(text)).toBeUndefined();
    expect(isInstant(text)).toBe(false);
  });

  it("takes only the stored form for an instant", () => {
    expect(isInstant("2026-11-22T09:00:00.000Z")).toBe(true);
    expect(isInstant("2026-11-22T09:00:00Z")).toBe(false);
    expect(isInstant("2026-11-22T09:00:00.000+00:00")).toBe(false);
  });

  it("goes to milliseconds and back, in the order of time", () => {
    fc.assert(
      fc.property(fc.nat(lastMs), fc.nat(lastMs), (a, b) => {
        expect(epochMsOf(instantOfMs(a))).toBe(a);
        expect(instantOfMs(a)).toBe(new Date(a).toISOString());
        expect(instantOfMs(a) < instantOfMs(b)).toBe(a < b);
      }),
    );
  });
});
