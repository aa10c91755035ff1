import { dayIn, instantAt, isDay, parseInstant } from "../../../domain/shared/calendar.ts";
import { invalid } from "../../kit/refused.ts";

/** When the money came: an instant, or a day in the agency's zone; never in the future. */
export function receivedAtOf(
  paidAt: string | null | undefined,
  now: string,
  timeZone: string,
): string {
  if (!paidAt) return now;
  const instant = isDay(paidAt) ? dayStart(paidAt, now, timeZone) : parseInstant(paidAt);
  if (instant !== undefined && instant <= now) return instant;
  const detail =
    instant === undefined ? "must be a day or an instant" : "must not be in the future";
  throw invalid([{ pointer: "#/paidAt", detail }]);
}

const dayStart = (day: string, now: string, timeZone: string): string =>
  day === dayIn(now, timeZone) ? now : instantAt(day, 0, timeZone);
