import type { Currency } from "../shared/currencies.ts";
import type { Posting } from "../shared/journal.ts";
import { addTo, type Sums, sumOf } from "./sums.ts";

/** What was earned, by calendar month of the agency's zone. */
export interface Earned {
  readonly revenue: Sums<string>;
  readonly allowances: Sums<string>;
  readonly tax: Sums<string>;
}

export const newEarned = (): Earned => ({
  revenue: new Map(),
  allowances: new Map(),
  tax: new Map(),
});

export function addEarned(
  earned: Earned,
  postings: readonly Posting[],
  { month, currency }: { readonly month: string; readonly currency: Currency },
): void {
  for (const line of postings) {
    if (line.currency !== currency) continue;
    if (line.account === "revenue") addTo(earned.revenue, month, -line.amount);
    if (line.account === "allowances") addTo(earned.allowances, month, line.amount);
    if (line.account === "tax") addTo(earned.tax, month, -line.amount);
  }
}

export interface RevenueFigures {
  readonly revenue: bigint;
  /** Goodwill and corrections: what credits took off the revenue. */
  readonly allowances: bigint;
  readonly net: bigint;
  readonly tax: bigint;
}

export interface RevenueReport {
  readonly rows: readonly (RevenueFigures & { readonly month: string })[];
  readonly totals: RevenueFigures;
}

/** Months in which nothing was earned or taken back have no row. */
export function revenueOf({ revenue, allowances, tax }: Earned): RevenueReport {
  const months = new Set([revenue, allowances, tax].flatMap((sums) => [...sums.keys()]));
  const rows = [...months].sort().map((month) => ({
    month,
    ...figures(revenue.get(month), allowances.get(month), tax.get(month)),
  }));
  const totals = figures(sumOf(revenue.values()), sumOf(allowances.values()), sumOf(tax.values()));
  return { rows, totals };
}

const figures = (revenue = 0n, allowances = 0n, tax = 0n): RevenueFigures => ({
  ...{ revenue, allowances, net: revenue - allowances, tax },
});
