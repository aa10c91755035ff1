import * as Duration from "temporal-polyfill/fns/Duration";
import * as Instant from "temporal-polyfill/fns/Instant";
import * as PlainDate from "temporal-polyfill/fns/PlainDate";
import * as PlainDateTime from "temporal-polyfill/fns/PlainDateTime";
import * as ZonedDateTime from "temporal-polyfill/fns/ZonedDateTime";

/** A calendar day, YYYY-MM-DD. Text order is time order. */
export type Day = string;

const dayForm = /^(\d{4})-(\d{2})-(\d{2})$/;
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const yearMin = 1970;

export function isDay(text: string): boolean {
  const [year, month, day] = partsOf(text);
  if (year < yearMin || month < 1 || month > 12 || day < 1) return false;
  return day <= PlainDate.daysInMonth(PlainDate.create(year, month, 1));
}

/** Takes IANA names only: an offset such as +02:00 knows nothing of daylight saving. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    Instant.toZonedDateTimeISO(epoch, zone);
    return true;
  } catch {
    return false;
  }
}

const epoch = Instant.fromEpochMilliseconds(0);

export function dayIn(instant: string, zone: string): Day {
  const zoned = Instant.toZonedDateTimeISO(Instant.fromString(instant), zone);
  return dayText(ZonedDateTime.toPlainDate(zoned));
}

export function addDays(day: Day, n: number): Day {
  return dayText(PlainDate.addDays(dateOf(day), n));
}

/** The same day of a later month, or that month's last day when it is shorter. */
export function addMonths(day: Day, n: number): Day {
  return dayText(PlainDate.addMonths(dateOf(day), n));
}

/** Days from a to b; negative when b is earlier. */
export function daysBetween(a: Day, b: Day): number {
  return PlainDate.diffDays(dateOf(a), dateOf(b));
}

export function yearOf(day: Day): number {
  return partsOf(day)[0];
}

/**
 * The instant of an hour of a day in a zone. An hour that daylight saving skips gives the first
 * instant after the gap, an hour that it repeats the first of both.
 */
export function instantAt(day: Day, hour: number, zone: string): string {
  const [year, month, date] = partsOf(day);
  const local = PlainDateTime.create(year, month, date, hour);
  const zoned = PlainDateTime.toZonedDateTime(local, zone);
  if (PlainDateTime.equals(ZonedDateTime.toPlainDateTime(zoned), local)) return zonedText(zoned);
  const beforeGap = PlainDateTime.toZonedDateTime(local, zone, { disambiguation: "earlier" });
  return zonedText(ZonedDateTime.getTimeZoneTransition(beforeGap, "next") ?? zoned);
}

/** Months and days are counted on the UTC calendar: 31 January + P1M is the end of February. */
export function addDuration(instant: string, isoDuration: string): string {
  const zoned = Instant.toZonedDateTimeISO(Instant.fromString(instant), "UTC");
  return zonedText(ZonedDateTime.add(zoned, Duration.fromString(isoDuration)));
}

/** Whether the text is an instant exactly as stored: UTC, milliseconds, a real time. */
export function isInstant(text: string): boolean {
  return instantForm.test(text) && parseInstant(text) === text;
}

/** Any ISO 8601 instant with an offset, as stored; undefined when it is none. */
export function parseInstant(text: string): string | undefined {
  try {
    const parsed = instantText(Instant.fromString(text));
    return instantForm.test(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

export function epochMsOf(instant: string): number {
  return Instant.fromString(instant).epochMilliseconds;
}

export function instantOfMs(epochMs: number): string {
  return instantText(Instant.fromEpochMilliseconds(epochMs));
}

const zonedText = (zoned: ZonedDateTime.Record) => instantText(ZonedDateTime.toInstant(zoned));

const instantText = (instant: Instant.Record) =>
  Instant.toString(instant, { fractionalSecondDigits: 3 });

function partsOf(day: string): [year: number, month: number, day: number] {
  const match = dayForm.exec(day);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : [0, 0, 0];
}

function dateOf(day: Day): PlainDate.Record {
  return PlainDate.create(...partsOf(day));
}

/** Years beyond 9999 have another form, which would break text order. */
function dayText(date: PlainDate.Record): Day {
  const text = PlainDate.toString(date);
  if (!dayForm.test(text)) throw new RangeError(`not a day of four-digit years: ${text}`);
  return text;
}
