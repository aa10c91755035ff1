import { addDays, daysBetween } from "../shared/calendar.ts";
import type { Currency } from "../shared/currencies.ts";
import type { JournalRecord } from "../shared/journal.ts";
import { type Movement, movementsOf } from "./movements.ts";

export type PointKind = "opening" | "payment" | "invoice" | "returned" | "refund" | "other";

export interface Point {
  readonly at: string;
  /** What is left after it. */
  readonly balance: number;
  readonly kind: PointKind;
  /** The payment or invoice that moved it; null on the opening. */
  readonly subject: string | null;
  readonly amount: number;
}

/** How the money that waits went up and down. `records` are consecutive, oldest first. */
export function burnDown(records: readonly JournalRecord[], currency: Currency): Point[] {
  const last = records.at(-1);
  if (!last) return [];
  const moves = records
    .flatMap((record) => movementsOf(record, currency))
    .filter(({ unapplied }) => unapplied !== 0);
  let balance = last.balances[currency]?.unapplied ?? 0;
  balance -= moves.reduce((sum, { unapplied }) => sum + unapplied, 0);
  const [first] = records;
  const opening: Point[] =
    balance > 0 && first
      ? [{ at: first.at, balance, kind: "opening", subject: null, amount: 0 }]
      : [];
  return [
    ...opening,
    ...moves.map((move) => {
      balance += move.unapplied;
      const { at, subject, unapplied: amount } = move;
      return { at, balance, kind: kindOf(move), subject, amount };
    }),
  ];
}

function kindOf({ type, source, unapplied }: Movement): PointKind {
  if (source) return unapplied < 0 ? "invoice" : "returned";
  if (type === "payment.received") return "payment";
  return type === "payment.refunded" ? "refund" : "other";
}

const paceDays = 90;
/** Less than this says nothing about a pace. */
const paceDaysMin = 7;
const horizonDays = 3_650;

export interface PaceFacts {
  readonly points: readonly (Pick<Point, "kind" | "amount"> & { readonly day: string })[];
  readonly remaining: number;
  readonly today: string;
}

/** The day on which the money is gone if invoices go on drawing as in the last 90 days. */
export function lastsUntil({ points, remaining, today }: PaceFacts): string | null {
  const since = addDays(today, -paceDays);
  const recent = points.filter(({ day }) => day >= since);
  const [first] = recent;
  const used = recent
    .filter(({ kind }) => kind === "invoice" || kind === "returned")
    .reduce((sum, { amount }) => sum - amount, 0);
  if (!first || used <= 0 || remaining <= 0) return null;
  const days = daysBetween(first.day, today);
  if (days < paceDaysMin) return null;
  const left = Number((BigInt(remaining) * BigInt(days)) / BigInt(used));
  return left > horizonDays ? null : addDays(today, left);
}
