import { type Day, daysBetween } from "../shared/calendar.ts";
import { type Frequency, longestIntervalDays, occurrence } from "./frequency.ts";

export interface Rhythm {
  /** The anchor: occurrence 0. */
  readonly startOn: Day;
  readonly frequency: Frequency;
}

/** The first occurrence, from number `from` on, that is not before the day. */
export function positionAt({ startOn, frequency }: Rhythm, day: Day, from = 0): number {
  const least = Math.floor(daysBetween(startOn, day) / longestIntervalDays(frequency));
  let position = Math.max(from, least);
  while (occurrence(startOn, frequency, position) < day) position += 1;
  return position;
}

/** How many occurrences, from number `from` on, lie before the day. */
export const missedBefore = (rhythm: Rhythm, day: Day, from: number): number =>
  positionAt(rhythm, day, from) - from;
