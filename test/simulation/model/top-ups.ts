import type { Refusal } from "./books.ts";

/** When the retainer balance falls to the threshold, the next retainer is asked for or charged. */
export interface TopUpRule {
  readonly threshold: number;
  readonly amount: number | null;
  readonly target: number | null;
  readonly action: "request" | "charge";
  readonly monthlyCap: number | null;
}

/** What is watched of one customer in one currency. */
export interface TopUp {
  rule: TopUpRule | null;
  balance: number;
  /** The highest balance since the rule was set, or since it struck or told last. */
  peak: number;
  lowPeak: number;
  retainer: string | null;
  /** Why this dip may pass without another retainer. */
  held: string | null;
  chargedOn: string;
  chargedInMonth: number;
}
export type TopUps = Map<string, TopUp>;

export function watchedIn(topUps: TopUps, customer: string, currency: string): TopUp {
  const key = `${customer} ${currency}`;
  const none = { rule: null, balance: 0, peak: 0, lowPeak: 0, retainer: null };
  const found = topUps.get(key) ?? { ...none, held: null, chargedOn: "", chargedInMonth: 0 };
  topUps.set(key, found);
  return found;
}

/** The balance after one record of the journal. */
export function noteBalance(topUp: TopUp, balance: number): void {
  const { peak, lowPeak } = topUp;
  const highest = { peak: Math.max(peak, balance), lowPeak: Math.max(lowPeak, balance) };
  Object.assign(topUp, { balance, ...highest });
}

/** A rule strikes only after a balance above its threshold that came with it or after it. */
export function setRule(topUp: TopUp, rule: TopUpRule | null): void {
  Object.assign(topUp, { rule, peak: topUp.balance });
}

export const amountOf = ({ amount, target }: TopUpRule, balance: number): number =>
  amount ?? Math.max(0, (target ?? 0) - balance);

export interface Strike {
  readonly retainer: string;
  readonly amount: number;
  readonly isAsking: boolean;
}

/** One strike per dip, and none while the last retainer still asks for its money. */
export function strike(topUp: TopUp, rule: TopUpRule | null, made: Strike): Refusal {
  if (!rule) return "there is no rule";
  if (made.isAsking) return `${topUp.retainer} still asks`;
  if (topUp.balance > rule.threshold) return `${topUp.balance} is above ${rule.threshold}`;
  if (topUp.peak <= rule.threshold) return `it was ${topUp.peak} at most since the last time`;
  const amount = amountOf(rule, topUp.balance);
  if (made.amount !== amount) return `it asks for ${made.amount}, not ${amount}`;
  Object.assign(topUp, { peak: topUp.balance, retainer: made.retainer });
  return undefined;
}

/** One charge a day, and no more in a month than the cap. */
export function chargeTopUp(
  topUp: TopUp,
  rule: TopUpRule | null,
  { amount, today }: { readonly amount: number; readonly today: string },
): Refusal {
  const { chargedOn, chargedInMonth } = topUp;
  const before = chargedOn.slice(0, 7) === today.slice(0, 7) ? chargedInMonth : 0;
  if (rule?.action !== "charge") return "it only asks";
  if (chargedOn === today) return "it charged today";
  if (before + amount > (rule.monthlyCap ?? 0)) return "it is over the month's cap";
  Object.assign(topUp, { chargedOn: today, chargedInMonth: before + amount });
  return undefined;
}

/** Told once per dip. */
export function tellLow(topUp: TopUp, lowBalance: number | null): Refusal {
  if (lowBalance === null) return "nobody wants to know";
  if (topUp.lowPeak <= lowBalance) return `it was ${topUp.lowPeak} at most since the last time`;
  topUp.lowPeak = topUp.balance;
  return undefined;
}

/** A dip while the last retainer still asks, say, strikes nothing, and the next one may. */
export function noteDip(topUp: TopUp, rule: TopUpRule | null, reason: string | null): void {
  const isLow = rule !== null && topUp.balance <= rule.threshold;
  if (!isLow) topUp.held = null;
  else topUp.held ??= reason;
}

/** What somebody should have been asked for, and told, by now. */
export function missedDip(
  { balance, peak, lowPeak, held }: TopUp,
  rule: TopUpRule | null,
  lowBalance: number | null,
): string[] {
  const isMissed = rule && peak > rule.threshold && balance <= rule.threshold && held === null;
  const isUntold = lowBalance !== null && lowPeak > lowBalance && balance <= lowBalance;
  return [
    ...(isMissed ? [`${balance} is not above ${rule.threshold}, and nothing is asked for`] : []),
    ...(isUntold ? [`${balance} is not above ${lowBalance}, and nobody is told`] : []),
  ];
}
