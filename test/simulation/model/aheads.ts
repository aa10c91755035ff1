import type { Refusal } from "./books.ts";
import { dayOf, firstFrom, instantOf, type Rhythm } from "./days.ts";
import type { Zone } from "./schedules.ts";

/** A pre-payment that is repeated. */
export interface Ahead extends Rhythm {
  readonly id: string;
  readonly customer: string;
  readonly currency: string;
  amount: number;
  state: "Pending" | "Active" | "Paused" | "Completed" | "Canceled";
  position: number;
  skipped: number;
  /** Cycles that were charged or failed; those that were left out are none. */
  used: number;
  cycles: number | null;
}

const isOver = ({ state }: Ahead): boolean => state === "Completed" || state === "Canceled";

export const nextCycle = (ahead: Ahead): string | null =>
  isOver(ahead) || ahead.state === "Pending" ? null : dayOf(ahead, ahead.position);

/** Without catching up, what was missed is left out; with it the newest is charged. */
function run(ahead: Ahead, catchUp: boolean, today: string): void {
  const position = catchUp ? ahead.position : firstFrom(ahead, today, ahead.position);
  const skipped = ahead.skipped + position - ahead.position;
  Object.assign(ahead, { state: "Active", position, skipped });
}

export function beginAhead(ahead: Ahead, catchUp: boolean | undefined, today: string): Refusal {
  if (catchUp === undefined && ahead.startOn < today) return "nobody said what becomes of it";
  return run(ahead, catchUp ?? false, today) as undefined;
}

/** Its first payment came. */
export function startedAhead(ahead: Ahead, day: string): void {
  const state = ahead.cycles === 1 ? "Completed" : "Active";
  Object.assign(ahead, { startOn: day, state, position: 1, used: 1 });
}

export function pauseAhead(ahead: Ahead): Refusal {
  if (ahead.state !== "Active") return "it does not run";
  ahead.state = "Paused";
  return undefined;
}

export function resumeAhead(ahead: Ahead, catchUp: boolean, today: string): Refusal {
  if (ahead.state !== "Paused") return "it is not paused";
  return run(ahead, catchUp, today) as undefined;
}

export function cancelAhead(ahead: Ahead): Refusal {
  if (isOver(ahead)) return "it is over";
  ahead.state = "Canceled";
  return undefined;
}

export function changeAhead(
  ahead: Ahead,
  { amount, cycles }: { readonly amount: number; readonly cycles: number | undefined },
): Refusal {
  if (ahead.state !== "Active" && ahead.state !== "Paused") return "it does not run";
  if (cycles !== undefined && cycles <= ahead.used) return "so many were used";
  Object.assign(ahead, { amount }, cycles === undefined ? {} : { cycles });
  return undefined;
}

/** The clock takes a cycle: the newest whose hour has come; those before it are left out. */
export function takeCycle(ahead: Ahead, at: string, { timeZone, sendHour }: Zone): Refusal {
  const hasCome = (n: number) => instantOf(dayOf(ahead, n), sendHour, timeZone) <= at;
  if (ahead.state !== "Active") return `it is ${ahead.state}`;
  if (!hasCome(ahead.position)) return `${dayOf(ahead, ahead.position)} has not come at ${at}`;
  while (hasCome(ahead.position + 1)) {
    ahead.position += 1;
    ahead.skipped += 1;
  }
  ahead.position += 1;
  ahead.used += 1;
  if (ahead.used === ahead.cycles) ahead.state = "Completed";
  return undefined;
}
