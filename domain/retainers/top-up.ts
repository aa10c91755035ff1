import * as z from "zod";
import type { Account } from "../customers/account.ts";
import type { Currency } from "../shared/currencies.ts";
import {
  amountSchema,
  currencySchema,
  daySchema,
  idOf,
  maybe,
  recordFields,
} from "../shared/schema.ts";

export const topUpActions = ["request", "charge"] as const;

/** "When the retainer balance falls to X, ask for (or charge) a new retainer"; minor units. */
export const topUpRuleSchema = z.object({
  threshold: amountSchema,
  /** Either a fixed amount, or the balance that it fills up to. */
  amount: maybe(amountSchema),
  target: maybe(amountSchema),
  action: z.enum(topUpActions),
  /** What may be charged in one calendar month, in the agency's zone. */
  monthlyCap: maybe(amountSchema),
  /** Tell contact and staff when the balance falls to this; null: as the agency's settings say. */
  lowBalance: maybe(amountSchema),
});
export type TopUpRule = z.infer<typeof topUpRuleSchema>;

/** Where a threshold stands: armed since the balance was above it, at which record it struck last. */
export const dipSchema = z.object({
  isArmed: z.boolean(),
  struckAt: z.number().int().nonnegative(),
});
export type Dip = z.infer<typeof dipSchema>;
const untouched: Dip = { isArmed: false, struckAt: 0 };

/** What is watched for one customer in one currency. Without a rule of its own the agency's applies. */
export const topUpSchema = z.object({
  id: idOf("topUp"),
  customer: idOf("customer"),
  currency: currencySchema,
  rule: maybe(topUpRuleSchema),
  top: dipSchema,
  low: dipSchema,
  /** The last retainer that the rule made; while it is unpaid there is no other. */
  retainer: maybe(idOf("invoice")),
  chargedOn: maybe(daySchema),
  /** What was charged in the month of `chargedOn`. */
  chargedInMonth: amountSchema,
  ...recordFields,
});
export type TopUp = z.infer<typeof topUpSchema>;

export const newTopUp = (
  { id, customer, currency }: Pick<TopUp, "id" | "customer" | "currency">,
  now: string,
): TopUp => ({
  ...{ id, customer, currency },
  rule: null,
  top: untouched,
  low: untouched,
  retainer: null,
  chargedOn: null,
  chargedInMonth: 0,
  createdAt: now,
  updatedAt: now,
  version: 0,
});

/** A balance at one journal record. */
export interface Level {
  readonly seq: number;
  readonly balance: number;
}

/** What older records say of the balance doesn't count for the rule that applies from now on. */
export const levelOf = (
  { seq, balances }: Pick<Account, "seq" | "balances">,
  currency: Currency,
): Level => ({ seq, balance: balances[currency]?.unapplied ?? 0 });

/**
 * One strike per dip: a threshold is armed by a balance above it and disarmed by striking. Events come
 * late and in any order, so a balance that an event tells counts only if it is newer than the last strike.
 */
export function watch(
  dip: Dip,
  threshold: number,
  { told, now }: { readonly told: readonly Level[]; readonly now: Level },
): { readonly dip: Dip; readonly falls: boolean } {
  const wasAbove = told.some(({ seq, balance }) => seq > dip.struckAt && balance > threshold);
  const isArmed = dip.isArmed || wasAbove || now.balance > threshold;
  const falls = isArmed && now.balance <= threshold;
  return {
    dip: falls ? { isArmed: false, struckAt: now.seq } : { ...dip, isArmed },
    falls,
  };
}

export interface Review {
  readonly rule: TopUpRule | null;
  readonly lowBalance: number | null;
  /** What the event and the record before its own say of the balance. */
  readonly told: readonly Level[];
  readonly now: Level;
  readonly today: string;
  /** The rule's last retainer still asks for its money. */
  readonly isAsking: boolean;
}

export interface Reviewed {
  readonly topUp: TopUp;
  readonly isLow: boolean;
  /** What is asked for or charged; null: nothing. */
  readonly strike: { readonly amount: number; readonly action: TopUpRule["action"] } | null;
}

/** Undefined: nothing changed. */
export function reviewTopUp(before: TopUp, review: Review): Reviewed | undefined {
  const { rule, lowBalance, told, now } = review;
  const top = rule ? watch(before.top, rule.threshold, { told, now }) : null;
  const low = lowBalance === null ? null : watch(before.low, lowBalance, { told, now });
  const amount = rule && top?.falls && !review.isAsking ? amountOf(rule, now.balance) : 0;
  const action =
    rule && amount > 0 ? actionOf(before, rule, { amount, today: review.today }) : null;
  const next = {
    ...before,
    top: top?.dip ?? before.top,
    low: low?.dip ?? before.low,
    ...(action === "charge" ? charged(before, amount, review.today) : {}),
  };
  const isLow = low?.falls ?? false;
  const isSame = JSON.stringify(next) === JSON.stringify(before);
  if (isSame && !isLow && !action) return undefined;
  return { topUp: next, isLow, strike: action ? { amount, action } : null };
}

const amountOf = ({ amount, target }: TopUpRule, balance: number): number =>
  amount ?? Math.max(0, (target ?? 0) - balance);

/** Over the cap, or a second time on one day, it is asked for instead of charged. */
function actionOf(
  { chargedOn, chargedInMonth }: TopUp,
  { action, monthlyCap }: TopUpRule,
  { amount, today }: { readonly amount: number; readonly today: string },
): TopUpRule["action"] {
  if (action !== "charge" || monthlyCap === null || chargedOn === today) return "request";
  const used = isSameMonth(chargedOn, today) ? chargedInMonth : 0;
  return used + amount <= monthlyCap ? "charge" : "request";
}

function charged({ chargedOn, chargedInMonth }: TopUp, amount: number, today: string) {
  const used = isSameMonth(chargedOn, today) ? chargedInMonth : 0;
  return { chargedOn: today, chargedInMonth: used + amount };
}

const isSameMonth = (day: string | null, today: string): boolean =>
  day?.slice(0, 7) === today.slice(0, 7);

/**
 * A rule starts armed only by a balance above its threshold: who has no retainer yet is not asked. Without
 * a rule of its own the customer is under the agency's from now on, which starts in the same way.
 */
export function setRule(
  before: TopUp,
  rule: TopUpRule | null,
  {
    now,
    level,
    agencyRule,
  }: { readonly now: string; readonly level: Level; readonly agencyRule: TopUpRule | null },
): TopUp {
  const applied = rule ?? agencyRule;
  const isArmed = applied !== null && level.balance > applied.threshold;
  return {
    ...before,
    rule,
    top: { isArmed, struckAt: level.seq },
    updatedAt: now,
    version: before.version + 1,
  };
}
