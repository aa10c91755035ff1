import type { Refusal } from "./books.ts";
import { dayOf, firstFrom, instantOf, type Rhythm } from "./days.ts";

/** The agency's clock. */
export interface Zone {
  readonly timeZone: string;
  readonly sendHour: number;
}

/** A recurring invoice or retainer, as product.md, section 6, tells it. */
export interface Schedule extends Rhythm {
  readonly id: string;
  readonly customer: string;
  readonly currency: string;
  readonly isRetainer: boolean;
  state: "Draft" | "Active" | "Paused" | "Completed";
  /** The number of the next day, counted from the anchor. */
  position: number;
  cycles: number | null;
  total: number;
  tax: number;
  readonly tags: readonly string[];
  readonly scope: readonly string[];
  autoBill: string;
  readonly autoBillOn: string;
  /** Null: as the agency's settings say. */
  readonly dueDays: number | null;
  chosen: boolean | null;
  /** What each day became, oldest first. */
  readonly made: { readonly day: string; readonly invoice: string }[];
}

export const cyclesLeft = ({ cycles, made }: Schedule): number | null =>
  cycles === null ? null : cycles - made.length;

export const nextDay = (schedule: Schedule): string | null =>
  schedule.state === "Completed" ? null : dayOf(schedule, schedule.position);

function run(schedule: Schedule, catchUp: boolean, today: string): void {
  if (!catchUp) schedule.position = firstFrom(schedule, today, schedule.position);
  schedule.state = "Active";
}

export function start(schedule: Schedule, catchUp: boolean | undefined, today: string): Refusal {
  if (schedule.state !== "Draft") return "it is no draft";
  if (catchUp === undefined && schedule.startOn < today) return "nobody said what becomes of it";
  return run(schedule, catchUp ?? false, today) as undefined;
}

export function resume(schedule: Schedule, catchUp: boolean, today: string): Refusal {
  if (schedule.state !== "Paused") return "it is not paused";
  return run(schedule, catchUp, today) as undefined;
}

export function pause(schedule: Schedule): Refusal {
  if (schedule.state !== "Active") return "it does not run";
  schedule.state = "Paused";
  return undefined;
}

export function stop(schedule: Schedule): Refusal {
  if (schedule.state === "Completed") return "it is over";
  schedule.state = "Completed";
  return undefined;
}

export function remove(schedules: Map<string, Schedule>, id: string): Refusal {
  const isUsed = (schedules.get(id)?.made.length ?? 0) > 0;
  if (isUsed) return "what it made refers to it";
  return schedules.delete(id) ? undefined : "there is none";
}

type Terms = Pick<Schedule, "total" | "tax">;
export interface ScheduleChange {
  readonly terms?: Terms | undefined;
  readonly cycles?: number | undefined;
  readonly rhythm?: Rhythm | undefined;
  readonly autoBill?: string | undefined;
}

export function change(schedule: Schedule, given: ScheduleChange, today: string): Refusal {
  const { terms, cycles, rhythm, autoBill = schedule.autoBill } = given;
  if (schedule.state === "Completed") return "it is over";
  const last = schedule.made.at(-1)?.day ?? "";
  const anew =
    rhythm && (rhythm.startOn !== schedule.startOn || rhythm.frequency !== schedule.frequency);
  if (anew && schedule.state !== "Draft" && rhythm.startOn < today) return "it lies in the past";
  if (anew && rhythm.startOn <= last) return "that day was made";
  if (cycles !== undefined && cycles <= schedule.made.length) return "so many were made";
  Object.assign(schedule, terms, anew ? { ...rhythm, position: 0 } : {}, { autoBill });
  if (cycles !== undefined) schedule.cycles = cycles;
  return undefined;
}

export const isAutoBilled = ({ autoBill, chosen }: Schedule): boolean =>
  autoBill === "always" || (autoBill !== "off" && (chosen ?? autoBill === "optOut"));

/** The clock made a document: this is its day, it has come, and it is made once. */
export function occur(
  schedule: Schedule,
  made: { readonly day: string; readonly invoice: string; readonly at: string },
  { timeZone, sendHour }: Zone,
): Refusal {
  const { day, invoice, at } = made;
  const expected = nextDay(schedule);
  if (schedule.state !== "Active") return `it is ${schedule.state}`;
  if (schedule.made.some((one) => one.day === day)) return `${day} was made before`;
  if (day !== expected) return `${expected} comes first, not ${day}`;
  if (at < instantOf(day, sendHour, timeZone)) return `${day} has not come at ${at}`;
  schedule.made.push({ day, invoice });
  schedule.position += 1;
  if (cyclesLeft(schedule) === 0) schedule.state = "Completed";
  return undefined;
}
