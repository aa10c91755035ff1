import type { Settings } from "../../domain/agencies/agency.ts";
import { addDays, instantAt } from "../../domain/shared/calendar.ts";

/** Days run at the agency's send hour, daylight saving or not. */
export const sendInstant = (
  day: string,
  { sendHour, timeZone }: Pick<Settings, "sendHour" | "timeZone">,
): string => instantAt(day, sendHour, timeZone);

/** What is valid through a day ends with the first instant of the next. */
export const endOfDay = (day: string, { timeZone }: Pick<Settings, "timeZone">): string =>
  instantAt(addDays(day, 1), 0, timeZone);
