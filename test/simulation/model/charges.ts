import type { Refusal } from "./books.ts";
import { instantOf, localDay, plusDays } from "./days.ts";
import type { Zone } from "./schedules.ts";

/** One try at a charge that nobody made by hand. */
export interface Try {
  readonly payment: string;
  readonly attempt: number;
  failedAt: string | null;
  isSoft: boolean;
}
/** The tries at one thing that is charged once: an invoice of a schedule, a cycle, a top-up. */
export type Charges = Map<string, Try[]>;

const retryDays = [1, 3, 5] as const;

/** When what failed is tried again, a day later at the soonest; null: it isn't. */
export function againAt(tries: readonly Try[], { timeZone, sendHour }: Zone): string | null {
  const [first] = tries;
  const last = tries.at(-1);
  const days = last && retryDays[last.attempt];
  if (!first?.failedAt || !last?.failedAt || !last.isSoft || days === undefined) return null;
  const planned = plusDays(localDay(first.failedAt, timeZone), days);
  const soonest = plusDays(localDay(last.failedAt, timeZone), 1);
  return instantOf(planned > soonest ? planned : soonest, sendHour, timeZone);
}

/** Nothing is tried while a try may still succeed, before its day, or more often than said. */
export function tryCharge(
  charges: Charges,
  asked: {
    readonly cause: string;
    readonly payment: string;
    readonly attempt: number;
    readonly at: string;
  },
  zone: Zone,
): Refusal {
  const { cause, payment, attempt, at } = asked;
  const tries = charges.get(cause) ?? [];
  if (attempt === 0 && tries.length > 0) return `${cause} was charged before`;
  if (attempt > 0) {
    const again = againAt(tries, zone);
    if (again === null) return `${cause} is not tried again`;
    if (attempt !== tries.length) return `${cause} was tried ${tries.length} times, not ${attempt}`;
    if (at < again) return `${cause} is tried again at ${again}`;
  }
  charges.set(cause, [...tries, { payment, attempt, failedAt: null, isSoft: false }]);
  return undefined;
}

/** What a bank won't say yes to later, either. */
export function failTry(charges: Charges, payment: string, at: string, code: string): void {
  for (const one of [...charges.values()].flat()) {
    if (one.payment === payment) Object.assign(one, { failedAt: at, isSoft: !hard.has(code) });
  }
}

const hard = new Set([
  ...["lost_card", "stolen_card", "fraudulent", "expired_card", "no_account"],
  ...["authentication_required", "customer_missing", "resource_missing"],
  // A bank account of one country pays in no other's currency.
  ...["payment_intent_incompatible_payment_method", "currency_not_supported"],
]);
