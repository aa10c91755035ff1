import type { Currency } from "../shared/currencies.ts";
import type { LedgerAccount, Posting } from "../shared/journal.ts";

/** What each document (or payment) carries of one account, debits positive. What is even again is left out. */
export type BySubject = Map<string, number>;

export function moveSubjects(
  carried: BySubject,
  postings: readonly Posting[],
  { account, currency }: { readonly account: LedgerAccount; readonly currency: Currency },
): void {
  for (const line of postings) {
    if (line.account !== account || line.currency !== currency) continue;
    const after = (carried.get(line.subject) ?? 0) + line.amount;
    if (after === 0) carried.delete(line.subject);
    else carried.set(line.subject, after);
  }
}
