import type { Account } from "../customers/account.ts";
import {
  type Balances,
  balancesMoved,
  emptyJournal,
  hashOf,
  type JournalHead,
  journalRecordSchema,
  type Posting,
} from "../shared/journal.ts";
import { type Carried, carry } from "./carried.ts";
import { type Difference, firstDifference, readAs } from "./difference.ts";

/** What the journal of one customer says, as far as it was followed. */
export interface Replay {
  readonly head: JournalHead;
  readonly balances: Balances;
  /** Invoices, retainers and credits that were issued. */
  readonly issued: number;
  readonly carried: Carried;
}

export const newReplay = (): Replay => ({
  ...{ head: emptyJournal, balances: {}, issued: 0 },
  carried: new Map(),
});

type Followed = { readonly replay: Replay } | { readonly difference: Difference };

/**
 * Goes one record further, or tells why that can't be. The hash covers what is published: the other events
 * that a record stands for (`also`) and its inner `data` are not guarded by it.
 */
export function follow(replay: Replay, customer: string, item: unknown): Followed {
  const seq = replay.head.seq + 1;
  const place = { customer, record: idIn(item), seq };
  const read = readAs(journalRecordSchema, item, place);
  if ("difference" in read) return read;
  const { hash, also: _also, data: _data, ...published } = read.value;
  const { postings, at } = published;
  const balances = balancesMoved(replay.balances, postings);
  const difference = firstDifference(place, [
    ["seq", seq, published.seq],
    ["customer", customer, published.customer],
    ["postings", {}, offBalance(postings)],
    ["balances", balances, published.balances],
    ["previousHash", replay.head.hash, published.previousHash],
    ["hash", hashOf(published), hash],
    ["at", at < replay.head.at ? replay.head.at : at, at],
  ]);
  if (difference) return { difference };
  for (const line of postings) carry(replay.carried, line);
  const issued = replay.issued + (issues.includes(published.type) ? 1 : 0);
  return { replay: { ...replay, head: { seq, hash, at }, balances, issued } };
}

const issues: readonly string[] = ["invoice.issued", "credit.issued"];

const idIn = (item: unknown): string =>
  String((item as { readonly id?: unknown } | undefined)?.id ?? "a journal record");

/** By currency, what postings are off by: nothing, or they are no double entry. */
function offBalance(postings: readonly Posting[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { currency, amount } of postings) sums[currency] = (sums[currency] ?? 0) + amount;
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
}

/** The account is where the next record will be hooked on. */
export const accountDifference = (
  { head, balances, issued }: Replay,
  account: Account,
): Difference | undefined =>
  firstDifference({ customer: account.customer, record: "account" }, [
    ["seq", head.seq, account.seq],
    ["hash", head.hash, account.hash],
    ["at", head.at, account.at],
    ["balances", balances, account.balances],
    ["issuedCount", issued, account.issuedCount],
  ]);
