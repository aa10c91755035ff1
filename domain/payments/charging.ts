import * as z from "zod";
import { addDays, dayIn } from "../shared/calendar.ts";
import { amountSchema, idOf, instantSchema, maybe } from "../shared/schema.ts";
import { declineKind } from "./decline.ts";

/** How a charge that nobody made by hand came about, and the how manieth try it is. */
export const chargingSchema = z.object({
  /** The schedule that made the document. */
  recurring: maybe(idOf("recurring")),
  /** What was left on the retainer when its top-up was caused; null: it is no top-up. */
  left: maybe(amountSchema),
  /** 0 for the first try. */
  attempt: z.number().int().nonnegative().default(0),
  firstFailedAt: maybe(instantSchema),
  /** Where its pre-payment stood once this cycle was taken; null: it is no cycle of one. */
  cycle: maybe(z.number().int().positive()),
});
export type Charging = z.infer<typeof chargingSchema>;

/** Days after the first failure; after the last one staff and the contact go on by hand. */
const retryDays = [1, 3, 5] as const;

export interface NextTry {
  readonly charging: Charging;
  readonly on: string;
}

/**
 * A hard decline can't pass later and asked-for authentication needs the payer: neither is retried. After
 * an outage the days that were missed don't make tries at once: each waits for the day after a failure.
 */
export function nextTry(
  charging: Charging,
  { failure, at, zone }: { readonly failure: string; readonly at: string; readonly zone: string },
): NextTry | null {
  const days = retryDays[charging.attempt];
  if (days === undefined || declineKind(failure) !== "soft") return null;
  const firstFailedAt = charging.firstFailedAt ?? at;
  return {
    charging: { ...charging, attempt: charging.attempt + 1, firstFailedAt },
    on: later(addDays(dayIn(firstFailedAt, zone), days), addDays(dayIn(at, zone), 1)),
  };
}

const later = (one: string, other: string): string => (one > other ? one : other);
