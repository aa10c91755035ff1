import * as z from "zod";
import { missedBefore } from "../recurring/cycles.ts";
import { type Frequency, frequencies, occurrence } from "../recurring/frequency.ts";
import { type LastError, lastErrorSchema } from "../recurring/recurring.ts";
import { addDays } from "../shared/calendar.ts";
import type { Currency } from "../shared/currencies.ts";
import type { Id } from "../shared/ids.ts";
import { type Refusal, refuse } from "../shared/refusals.ts";
import {
  amountSchema,
  currencySchema,
  daySchema,
  idOf,
  maybe,
  recordFields,
} from "../shared/schema.ts";

export const prepaymentStatuses = ["Pending", "Active", "Paused", "Completed", "Canceled"] as const;

/** Money that a customer sends on its own initiative again and again. Pending until its first payment came. */
export const prepaymentSchema = z.object({
  id: idOf("prepayment"),
  customer: idOf("customer"),
  contact: maybe(idOf("contact")),
  status: z.enum(prepaymentStatuses),
  amount: amountSchema,
  currency: currencySchema,
  note: maybe(z.string()),
  frequency: z.enum(frequencies),
  /** How many in all, the first included; null: until canceled. */
  cycles: maybe(z.number().int().positive()),
  cyclesLeft: maybe(z.number().int().nonnegative()),
  /** The day of the first payment: cycle n is on `startOn` + n intervals. */
  startOn: maybe(daySchema),
  /** The number of the next cycle, counted from `startOn`; skipped ones are counted, too. */
  position: z.number().int().nonnegative().default(0),
  nextOn: maybe(daySchema),
  /** Missed cycles that were left out: they are not charged and use none up. */
  skipped: z.number().int().nonnegative().default(0),
  /** The saved method that is charged; null: the customer's default one at that time. */
  paymentMethod: maybe(z.string()),
  lastError: maybe(lastErrorSchema),
  ...recordFields,
});
export type Prepayment = z.infer<typeof prepaymentSchema>;

export interface NewPrepayment {
  readonly id: Id<"prepayment">;
  readonly customer: Id<"customer">;
  readonly contact: Id<"contact"> | null;
  readonly amount: number;
  readonly currency: Currency;
  readonly note: string | null;
  readonly frequency: Frequency;
  readonly cycles: number | null;
}

export const newPrepayment = (given: NewPrepayment, now: string): Prepayment => ({
  ...given,
  status: "Pending",
  cyclesLeft: given.cycles,
  startOn: null,
  position: 0,
  nextOn: null,
  skipped: 0,
  paymentMethod: null,
  lastError: null,
  createdAt: now,
  updatedAt: now,
  version: 1,
});

/** The first payment came: cycles are counted from its day. Told again, or canceled meanwhile: nothing. */
export function startPrepayment(
  prepayment: Prepayment,
  { today, now }: { readonly today: string; readonly now: string },
): Prepayment | undefined {
  if (prepayment.status !== "Pending") return undefined;
  const { cycles, frequency } = prepayment;
  const cyclesLeft = cycles === null ? null : cycles - 1;
  const isOver = cyclesLeft === 0;
  return {
    ...prepayment,
    status: isOver ? "Completed" : "Active",
    cyclesLeft,
    startOn: today,
    position: 1,
    nextOn: isOver ? null : occurrence(today, frequency, 1),
    updatedAt: now,
    version: prepayment.version + 1,
  };
}

type Decided = { readonly ok: true; readonly prepayment: Prepayment };

interface Moment {
  readonly now: string;
  /** The agency's day at `now`. */
  readonly today: string;
}

const changed = (prepayment: Prepayment, change: Partial<Prepayment>, now: string): Prepayment => ({
  ...prepayment,
  ...change,
  updatedAt: now,
  version: prepayment.version + 1,
});

const notOpen = ({ status }: Prepayment): Refusal =>
  refuse("prepayment.not-open", `The pre-payment is ${status}.`);

export function cancelPrepayment(prepayment: Prepayment, now: string): Decided | Refusal {
  const { status } = prepayment;
  if (status === "Completed" || status === "Canceled") return notOpen(prepayment);
  return { ok: true, prepayment: changed(prepayment, { status: "Canceled", nextOn: null }, now) };
}

/**
 * Staff set it up with a saved method: the first cycle is the start day's. One in the past is
 * ambiguous, so the caller says whether what was missed is charged, which is once at most.
 */
export function beginPrepayment(
  prepayment: Prepayment,
  { startOn, catchUp }: { readonly startOn: string; readonly catchUp: boolean | null },
  moment: Moment,
): Decided | Refusal {
  if (catchUp === null && startOn < moment.today) {
    const detail = `say whether what was missed since ${startOn} is charged, once`;
    return refuse("recurring.start-past", detail, [{ pointer: "#/catchUp", detail }]);
  }
  return { ok: true, prepayment: activated({ ...prepayment, startOn }, catchUp ?? false, moment) };
}

/** Missed cycles collapse into the newest when they are caught up, and are all left out otherwise. */
function activated(prepayment: Prepayment, catchUp: boolean, { now, today }: Moment): Prepayment {
  const { startOn, frequency, position: before, skipped } = prepayment;
  if (startOn === null) throw new Error(`${prepayment.id} was never started`);
  const missed = catchUp ? 0 : missedBefore({ startOn, frequency }, today, before);
  const position = before + missed;
  const nextOn = occurrence(startOn, frequency, position);
  const next = { status: "Active", position, nextOn, lastError: null } as const;
  return changed(prepayment, { ...next, skipped: skipped + missed }, now);
}

export function pausePrepayment(
  prepayment: Prepayment,
  { now, error = null }: { readonly now: string; readonly error?: LastError | null },
): Decided | Refusal {
  if (prepayment.status !== "Active") return notOpen(prepayment);
  const lastError = error ?? prepayment.lastError;
  return { ok: true, prepayment: changed(prepayment, { status: "Paused", lastError }, now) };
}

export function resumePrepayment(
  prepayment: Prepayment,
  { catchUp }: { readonly catchUp: boolean },
  moment: Moment,
): Decided | Refusal {
  if (prepayment.status !== "Paused") {
    return refuse("prepayment.not-paused", `The pre-payment is ${prepayment.status}.`);
  }
  return { ok: true, prepayment: activated(prepayment, catchUp, moment) };
}

export type PrepaymentChange = Partial<
  Pick<Prepayment, "amount" | "cycles" | "note" | "paymentMethod">
>;

/** From the next cycle on. */
export function changePrepayment(
  prepayment: Prepayment,
  change: PrepaymentChange,
  now: string,
): Decided | Refusal {
  const { status, cycles, position, skipped } = prepayment;
  if (status !== "Active" && status !== "Paused") return notOpen(prepayment);
  const made = position - skipped;
  const all = change.cycles === undefined ? cycles : change.cycles;
  const left = all === null ? null : all - made;
  if (left !== null && left < 1) {
    const detail = `must be above the ${made} that were made`;
    return refuse("recurring.cycles-used", detail, [{ pointer: "#/cycles", detail }]);
  }
  return { ok: true, prepayment: changed(prepayment, { ...change, cyclesLeft: left }, now) };
}

export interface CycleDue {
  readonly prepayment: Prepayment;
  /** Cycles before this one whose days passed without a charge. */
  readonly skipped: number;
}

/**
 * The cycle that is due and what follows it: after an outage the newest alone is charged, so that
 * nobody finds ten charges on one day.
 */
export function takeCycle(prepayment: Prepayment, { now, today }: Moment): CycleDue | undefined {
  const { startOn, frequency, position, nextOn, cyclesLeft, status } = prepayment;
  if (status !== "Active" || startOn === null || nextOn === null || nextOn > today)
    return undefined;
  // The newest that is not ahead: one before the first that is after today.
  const skipped = missedBefore({ startOn, frequency }, addDays(today, 1), position) - 1;
  const left = cyclesLeft === null ? null : cyclesLeft - 1;
  const after = position + skipped + 1;
  const isOver = left === 0;
  const change = {
    cyclesLeft: left,
    position: after,
    nextOn: isOver ? null : occurrence(startOn, frequency, after),
    status: isOver ? "Completed" : status,
    skipped: prepayment.skipped + skipped,
  } as const;
  return { prepayment: changed(prepayment, change, now), skipped };
}

/** A cycle takes the place of what is still tried for the one before. */
export const isNewestCycle = ({ position }: Prepayment, cycle: number | null): boolean =>
  cycle === null || cycle === position;

export const prepaymentWithError = (
  prepayment: Prepayment,
  lastError: LastError | null,
  now: string,
): Prepayment => changed(prepayment, { lastError }, now);
