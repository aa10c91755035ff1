import type { LedgerAccount, Posting } from "../shared/journal.ts";

/** What each document (or payment) carries in each account and currency, debits positive. */
export type Carried = Map<string, number>;

/** Money that came in lies in cash, is held back by a dispute, or was lost to one: together it is what came. */
const moneyAccounts: readonly LedgerAccount[] = ["cash", "disputed", "fees"];

export function carry(carried: Carried, { subject, account, currency, amount }: Posting): void {
  const name = moneyAccounts.includes(account) ? "money" : account;
  const key = keyOf(subject, name, currency);
  carried.set(key, (carried.get(key) ?? 0) + amount);
}

export function expectCarried(
  carried: Carried,
  { id, currency }: { readonly id: string; readonly currency: string },
  amounts: Partial<Readonly<Record<LedgerAccount | "money", number>>>,
): void {
  for (const [name, amount] of Object.entries(amounts)) {
    carried.set(keyOf(id, name, currency), amount);
  }
}

export interface CarriedApart {
  readonly record: string;
  /** Account and currency. */
  readonly field: string;
  readonly expected: number;
  readonly found: number;
}

/** The first thing that carries something else than it should, missing ones included. */
export function carriedApart(expected: Carried, found: Carried): CarriedApart | undefined {
  for (const key of [...expected.keys(), ...found.keys()]) {
    const sums = { expected: expected.get(key) ?? 0, found: found.get(key) ?? 0 };
    if (sums.expected === sums.found) continue;
    const [record = "", ...field] = key.split(" ");
    return { record, field: field.join(" "), ...sums };
  }
  return undefined;
}

const keyOf = (subject: string, name: string, currency: string): string =>
  `${subject} ${name} ${currency}`;
