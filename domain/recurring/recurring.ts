import * as z from "zod";
import type { Id } from "../shared/ids.ts";
import { type Refusal, refuse } from "../shared/refusals.ts";
import {
  amountSchema,
  currencySchema,
  daySchema,
  idOf,
  instantSchema,
  maybe,
  recordFields,
} from "../shared/schema.ts";
import { missedBefore } from "./cycles.ts";
import { frequencies, occurrence } from "./frequency.ts";

export const recurringStatuses = ["Draft", "Active", "Paused", "Completed"] as const;
export const autoBillModes = ["off", "always", "optIn", "optOut"] as const;
export const autoBillDays = ["issue", "due"] as const;

/** Why the last occurrence or charge did not go through; gone after the next one that did. */
export const lastErrorSchema = z.object({
  at: instantSchema,
  code: z.string(),
  detail: z.string(),
});
export type LastError = z.infer<typeof lastErrorSchema>;

/** The schedule from which invoices or retainers are issued. Their terms are kept apart. */
export const recurringSchema = z.object({
  id: idOf("recurring"),
  customer: idOf("customer"),
  isRetainer: z.boolean(),
  status: z.enum(recurringStatuses),
  number: z.string(),
  currency: currencySchema,
  /** What each occurrence asks for. */
  total: amountSchema,
  frequency: z.enum(frequencies),
  /** The anchor: occurrence n is on this day + n intervals. */
  startOn: daySchema,
  /** The number of the next occurrence, counted from the anchor; skipped ones are counted, too. */
  position: z.number().int().nonnegative(),
  nextOn: maybe(daySchema),
  /** The newest day that was made: a new rhythm begins after it. */
  lastOn: maybe(daySchema),
  /** How many in all; null: until it is stopped. */
  cycles: maybe(z.number().int().positive()),
  cyclesLeft: maybe(z.number().int().nonnegative()),
  issued: z.number().int().nonnegative(),
  autoBill: z.enum(autoBillModes),
  autoBillOn: z.enum(autoBillDays),
  /** The contact's own switch; null: not touched. */
  autoBillChosen: maybe(z.boolean()),
  autoSend: z.boolean(),
  dueDays: maybe(z.number().int().nonnegative()),
  lastError: maybe(lastErrorSchema),
  ...recordFields,
});
export type Recurring = z.infer<typeof recurringSchema>;

/** What staff decide about a schedule. */
export type RecurringTerms = Pick<
  Recurring,
  | "customer"
  | "isRetainer"
  | "currency"
  | "total"
  | "frequency"
  | "startOn"
  | "cycles"
  | "autoBill"
  | "autoBillOn"
  | "autoSend"
  | "dueDays"
>;

export type Decided = { readonly ok: true; readonly recurring: Recurring };

interface Moment {
  readonly now: string;
  /** The agency's day at `now`. */
  readonly today: string;
}

/** No series: it is never asked for money itself. */
export const recurringNumber = ({ id }: Pick<Recurring, "id">): string => `REC-${id.slice(-8)}`;

export const newRecurring = (
  terms: RecurringTerms,
  { id, now }: { readonly id: Id<"recurring">; readonly now: string },
): Recurring => ({
  id,
  ...terms,
  status: "Draft",
  number: recurringNumber({ id }),
  position: 0,
  nextOn: terms.startOn,
  lastOn: null,
  cyclesLeft: terms.cycles,
  issued: 0,
  autoBillChosen: null,
  lastError: null,
  createdAt: now,
  updatedAt: now,
  version: 1,
});

const changed = (recurring: Recurring, change: Partial<Recurring>, now: string): Recurring => ({
  ...recurring,
  ...change,
  updatedAt: now,
  version: recurring.version + 1,
});

/** One call can't make more invoices than an agency would ever mean to. */
export const catchUpMax = 500;

/**
 * Begins a draft. A start in the past is ambiguous, so the caller says whether the missed days are
 * made up for; silence is refused rather than guessed.
 */
export function startRecurring(
  recurring: Recurring,
  { catchUp }: { readonly catchUp: boolean | null },
  moment: Moment,
): Decided | Refusal {
  if (recurring.status !== "Draft") {
    return refuse("recurring.not-draft", `The recurring invoice is ${recurring.status}.`);
  }
  if (catchUp === null && recurring.startOn < moment.today) {
    const detail = `say whether the days since ${recurring.startOn} are made up for`;
    return refuse("recurring.start-past", detail, [{ pointer: "#/catchUp", detail }]);
  }
  return activate(recurring, catchUp ?? false, moment);
}

export function resumeRecurring(
  recurring: Recurring,
  { catchUp }: { readonly catchUp: boolean },
  moment: Moment,
): Decided | Refusal {
  if (recurring.status !== "Paused") {
    return refuse("recurring.not-paused", `The recurring invoice is ${recurring.status}.`);
  }
  return activate(recurring, catchUp, moment);
}

/** Missed days are made up for or skipped; skipped ones use up no cycle. */
function activate(
  recurring: Recurring,
  catchUp: boolean,
  { now, today }: Moment,
): Decided | Refusal {
  const { position: before, frequency, startOn, cyclesLeft } = recurring;
  const missed = missedBefore(recurring, today, before);
  const made = Math.min(missed, cyclesLeft ?? missed);
  if (catchUp && made > catchUpMax) {
    return refuse("recurring.too-many-missed", `${made} occurrences would be made at once.`);
  }
  const position = catchUp ? before : before + missed;
  const nextOn = occurrence(startOn, frequency, position);
  const next = { status: "Active", position, nextOn, lastError: null } as const;
  return { ok: true, recurring: changed(recurring, next, now) };
}

export function pauseRecurring(
  recurring: Recurring,
  { now, error = null }: { readonly now: string; readonly error?: LastError | null },
): Decided | Refusal {
  if (recurring.status !== "Active") {
    return refuse("recurring.not-active", `The recurring invoice is ${recurring.status}.`);
  }
  const lastError = error ?? recurring.lastError;
  return { ok: true, recurring: changed(recurring, { status: "Paused", lastError }, now) };
}

/** It makes nothing any more, and what it made stays. */
export function stopRecurring(recurring: Recurring, now: string): Decided | Refusal {
  if (recurring.status === "Completed") {
    return refuse("recurring.completed", "The recurring invoice is over.");
  }
  return { ok: true, recurring: changed(recurring, { status: "Completed", nextOn: null }, now) };
}

/** After an occurrence was made: the next one is counted from the anchor, so no month-end drifts. */
export function afterOccurrence(recurring: Recurring, now: string): Recurring {
  const position = recurring.position + 1;
  const cyclesLeft = recurring.cyclesLeft === null ? null : recurring.cyclesLeft - 1;
  const isOver = cyclesLeft === 0;
  const nextOn = isOver ? null : occurrence(recurring.startOn, recurring.frequency, position);
  const status = isOver ? "Completed" : recurring.status;
  const made = { issued: recurring.issued + 1, lastOn: recurring.nextOn, lastError: null };
  return changed(recurring, { position, cyclesLeft, nextOn, status, ...made }, now);
}

export const withLastError = (
  recurring: Recurring,
  lastError: LastError | null,
  now: string,
): Recurring => changed(recurring, { lastError }, now);

export type RecurringChange = Partial<RecurringTerms>;

/**
 * Takes effect with the next occurrence. Once something was made, another rhythm needs a new anchor
 * that lies ahead: the days that were made stay as they were.
 */
export function changeRecurring(
  recurring: Recurring,
  change: RecurringChange,
  { now, today }: Moment,
): Decided | Refusal {
  if (recurring.status === "Completed") {
    return refuse("recurring.completed", "The recurring invoice is over.");
  }
  const next = { ...recurring, ...change };
  const anew = next.startOn !== recurring.startOn || next.frequency !== recurring.frequency;
  const hasBegun = recurring.status !== "Draft";
  if (anew && hasBegun && (change.startOn ?? "") < today) {
    return startPast("must name the first day of the new rhythm, today or later");
  }
  // A day is made once, in whatever rhythm.
  if (anew && recurring.lastOn !== null && next.startOn <= recurring.lastOn) {
    return startPast(`must be after ${recurring.lastOn}, which was made`);
  }
  const cyclesLeft = next.cycles === null ? null : next.cycles - recurring.issued;
  if (cyclesLeft !== null && cyclesLeft < 1) {
    const detail = `must be above the ${recurring.issued} that were made`;
    return refuse("recurring.cycles-used", detail, [{ pointer: "#/cycles", detail }]);
  }
  const place = anew ? { position: 0, nextOn: next.startOn } : {};
  return { ok: true, recurring: changed(recurring, { ...change, cyclesLeft, ...place }, now) };
}

const startPast = (detail: string): Refusal =>
  refuse("recurring.start-past", detail, [{ pointer: "#/startOn", detail }]);

/** Whether a document of this schedule is charged without anybody asking. */
export function isAutoBilled({ autoBill, autoBillChosen }: Recurring): boolean {
  if (autoBill === "off") return false;
  if (autoBill === "always") return true;
  return autoBillChosen ?? autoBill === "optOut";
}

export function chooseAutoBill(
  recurring: Recurring,
  enabled: boolean,
  now: string,
): Decided | Refusal {
  if (recurring.autoBill !== "optIn" && recurring.autoBill !== "optOut") {
    return refuse("recurring.auto-bill-fixed", "The agency decides how this one is paid.");
  }
  return { ok: true, recurring: changed(recurring, { autoBillChosen: enabled }, now) };
}

export interface Occurrence {
  /** Counted among those that are made, from 1. */
  readonly cycle: number;
  readonly date: string;
}

/** The next days as they would be made from `today` on, at most `count`. */
export function upcoming(recurring: Recurring, count: number): Occurrence[] {
  const { status, startOn, frequency, position, cyclesLeft, issued } = recurring;
  if (status === "Completed") return [];
  const left = Math.min(count, cyclesLeft ?? count);
  return Array.from({ length: left }, (_, index) => ({
    cycle: issued + index + 1,
    date: occurrence(startOn, frequency, position + index),
  }));
}
