import type { Currency } from "../shared/currencies.ts";
import { type LedgerAccount, ledgerAccounts, type Posting } from "../shared/journal.ts";
import { addTo, type Sums, sumOf } from "./sums.ts";

/** What was debited and credited so far, per account; the credits as positive amounts. */
export interface Turnover {
  readonly debits: Sums<LedgerAccount>;
  readonly credits: Sums<LedgerAccount>;
}

export const newTurnover = (): Turnover => ({ debits: new Map(), credits: new Map() });

export function addPostings(
  { debits, credits }: Turnover,
  postings: readonly Posting[],
  currency: Currency,
): void {
  for (const line of postings) {
    if (line.currency !== currency) continue;
    if (line.amount > 0) addTo(debits, line.account, line.amount);
    else addTo(credits, line.account, -line.amount);
  }
}

export interface Balanced {
  readonly debit: bigint;
  readonly credit: bigint;
  /** Debits less credits: what the agency has or is owed is positive, what it owes or earned negative. */
  readonly balance: bigint;
}

export interface TrialBalance {
  readonly rows: readonly (Balanced & { readonly account: LedgerAccount })[];
  readonly totals: Balanced;
}

/** Every account has a row, moved or not, so that two balances can be laid side by side. */
export function trialBalanceOf({ debits, credits }: Turnover): TrialBalance {
  const rows = ledgerAccounts.map((account) => {
    const debit = debits.get(account) ?? 0n;
    const credit = credits.get(account) ?? 0n;
    return { account, debit, credit, balance: debit - credit };
  });
  const debit = sumOf(rows.map((row) => row.debit));
  const credit = sumOf(rows.map((row) => row.credit));
  return { rows, totals: { debit, credit, balance: debit - credit } };
}
