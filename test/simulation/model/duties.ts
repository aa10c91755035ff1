import { instantOf, localDay, plusDays } from "./days.ts";
import type { Zone } from "./schedules.ts";

/** What the agency wants the clock to do about an invoice that is not paid. */
export interface Rules {
  readonly reminders: readonly { readonly when: "before" | "after"; readonly days: number }[];
  readonly lateFee: { readonly days: number } | null;
}

/** One thing that the clock owes: the event that tells it, and when it is due. */
export interface Duty {
  readonly told: string;
  readonly at: string;
  /** Left out once it is a day late, and where only a later day made it known. */
  readonly isReminder: boolean;
  readonly isBefore: boolean;
}

/** An invoice that has asked for its money without a break, for one and the same day. */
export interface Asking {
  readonly dueDate: string;
  /** Null: nobody can have planned them yet. */
  duties: readonly Duty[] | null;
  /** The hour and the rules by which they were last looked at. */
  clock?: string;
}
export type Askings = Map<string, Asking>;

export interface Asked {
  readonly id: string;
  readonly isRetainer: boolean;
  readonly dueDate: string;
  readonly isAsking: boolean;
}

/** Whoever is paid, canceled or waits for a debit meanwhile is owed nothing; then it begins anew. */
export function noteAsking(askings: Askings, { id, dueDate, isAsking }: Asked): void {
  if (!isAsking) askings.delete(id);
  else if (askings.get(id)?.dueDate !== dueDate) askings.set(id, { dueDate, duties: null });
}

function dutiesOf(
  { id, isRetainer, dueDate }: Asked,
  { reminders, lateFee }: Rules,
  { timeZone, sendHour }: Zone,
): Duty[] {
  const on = (days: number, hour = sendHour) => instantOf(plusDays(dueDate, days), hour, timeZone);
  const plain = { isReminder: false, isBefore: false };
  return [
    { told: `invoice.overdue ${id} `, at: on(1, 0), ...plain },
    ...reminders.map(({ when, days }) => ({
      told: `invoice.reminded ${id} reminder-${when}-${days}`,
      at: on(when === "before" ? -days : days),
      ...{ isReminder: true, isBefore: when === "before" },
    })),
    ...(lateFee && !isRetainer
      ? [{ told: `invoice.late-fee ${id} `, at: on(lateFee.days), ...plain }]
      : []),
  ];
}

/** Everybody has heard of it: what lies ahead is planned by now. */
export function planDuties(
  askings: Askings,
  asked: Asked,
  given: { readonly rules: Rules; readonly zone: Zone; readonly now: string },
): void {
  const asking = askings.get(asked.id);
  if (asking?.duties !== null) return;
  const ahead = dutiesOf(asked, given.rules, given.zone).filter(({ at }) => at > given.now);
  Object.assign(asking, { duties: ahead });
}

/** What another hour or rule put off stays there, though the next one would have had it done by now. */
function putOff(
  asking: Asking,
  asked: Asked,
  { rules, zone }: { readonly rules: Rules; readonly zone: Zone },
): void {
  const clock = JSON.stringify([rules, zone]);
  if (asking.clock === clock) return;
  const still = new Map(dutiesOf(asked, rules, zone).map((one) => [one.told, one.at]));
  const later = ({ told, at }: Duty) => [at, still.get(told) ?? at].sort()[1] ?? at;
  const duties = asking.duties?.map((one) => ({ ...one, at: later(one) })) ?? null;
  Object.assign(asking, { clock, duties });
}

const lateMs = 86_400_000;

/** What has come due is done, or it was a reminder that nobody wants so late. */
export function missedDuties(
  askings: Askings,
  asked: Asked,
  known: {
    readonly now: string;
    readonly rules: Rules;
    readonly zone: Zone;
    readonly told: ReadonlySet<string>;
    /** It is, or was a moment ago, charged by itself. */
    readonly isCharged: (since: string) => boolean;
  },
): string[] {
  const { now, rules, zone, told, isCharged } = known;
  const asking = askings.get(asked.id);
  if (asking?.duties) putOff(asking, asked, known);
  const due = asking?.duties?.filter(({ at }) => at <= now) ?? [];
  if (!asking || due.length === 0) return [];
  // An hour or a rule may have been changed since.
  const still = new Map(dutiesOf(asked, rules, zone).map((one) => [one.told, one.at]));
  const isLater = (one: Duty) => (still.get(one.told) ?? "") > now;
  asking.duties = (asking.duties ?? []).filter((one) => one.at > now || isLater(one));
  return due
    .filter((one) => still.has(one.told) && !isLater(one) && !told.has(one.told))
    .filter(({ at, isReminder }) => !isReminder || Date.parse(now) - Date.parse(at) < lateMs)
    .filter(({ at, isBefore }) => !isBefore || !isCharged(at))
    .map((one) => `${one.told.trim()} was due at ${one.at} and is not done at ${now}`);
}

/** A charge that nobody makes by hand, from the moment on which it is certain. */
export interface Plan {
  readonly at: string;
  readonly attempt: number;
  /** Why it may have come to nothing since it was due. */
  reason: string | null;
}

/** By what is charged, as with the tries. */
export interface Plans {
  readonly open: Map<string, Plan>;
  /** When the last one ended. */
  readonly ended: Map<string, string>;
}

export function planTry(plans: Plans, cause: string, { at, attempt }: Omit<Plan, "reason">): void {
  plans.open.set(cause, { at, attempt, reason: null });
}

/** False: nothing was to be charged. */
export function endPlan({ open, ended }: Plans, cause: string, at: string): boolean {
  const isPlanned = open.delete(cause);
  if (isPlanned) ended.set(cause, at);
  return isPlanned;
}

/** A try comes a day later when a debit is on its way to the document. */
export const awaited = "a debit is on its way";

/** What was due and neither charged nor told to be impossible. */
export function missedTries(plans: Plans, now: string, { timeZone, sendHour }: Zone): string[] {
  return [...plans.open].flatMap(([cause, { at, attempt, reason }]) => {
    if (at > now) return [];
    endPlan(plans, cause, now);
    if (reason === awaited) {
      const tomorrow = plusDays(localDay(now, timeZone), 1);
      planTry(plans, cause, { at: instantOf(tomorrow, sendHour, timeZone), attempt });
      return [];
    }
    return reason === null ? [`${cause}: try ${attempt + 1} was due at ${at}`] : [];
  });
}
