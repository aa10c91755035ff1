import { createHash } from "node:crypto";
import { exponentOf } from "../model/currencies.ts";
import type { Item } from "../storage.ts";

export interface Posting {
  readonly account: string;
  readonly amount: number;
  readonly currency: string;
  readonly subject: string;
}
export interface JournalRecord {
  readonly id: string;
  readonly customer: string;
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly actor: Readonly<Record<string, string>>;
  readonly subject: string;
  readonly memo: string;
  readonly postings?: readonly Posting[];
  readonly balances: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly previousHash: string;
  readonly hash: string;
  readonly data?: Readonly<Record<string, Json>>;
}
// biome-ignore lint/suspicious/noExplicitAny: what a record carries is read field by field
type Json = any;

/** What the journal alone says, added up record by record. */
export interface Journal {
  readonly heads: Map<string, { readonly seq: number; readonly hash: string; readonly at: string }>;
  /** By "subject account" and by "customer currency account". */
  readonly sums: Map<string, number>;
}

export const emptyJournal = (): Journal => ({ heads: new Map(), sums: new Map() });

export const sumIn = ({ sums }: Journal, ...key: readonly string[]): number =>
  sums.get(key.join(" ")) ?? 0;

/** Adds the next record of a customer; answers the promises that it breaks. */
export function addRecord(journal: Journal, item: Item): string[] {
  const record = wholeRecord(item);
  const { customer, seq, postings = [] } = record;
  const before = journal.heads.get(customer) ?? { seq: 0, hash: "0".repeat(64), at: "" };
  journal.heads.set(customer, { seq, hash: record.hash, at: record.at });
  for (const { account, amount, currency, subject } of postings) {
    for (const key of [`${subject} ${account}`, `${customer} ${currency} ${account}`]) {
      journal.sums.set(key, (journal.sums.get(key) ?? 0) + amount);
    }
  }
  const name = `record ${seq} (${record.type}) of ${customer}`;
  const currencies = [...new Set(postings.map(({ currency }) => currency))];
  return [
    seq === before.seq + 1 ? "" : `${name} follows ${before.seq}`,
    record.previousHash === before.hash ? "" : `${name} is not chained to the one before`,
    record.hash === hashOf(record) ? "" : `${name} has a wrong hash`,
    record.at >= before.at ? "" : `${name} is before its predecessor`,
    ...currencies.map((currency) => {
      const own = postings.filter((line) => line.currency === currency);
      const off = own.reduce((sum, { amount }) => sum + amount, 0);
      return off === 0 ? "" : `${name} is off by ${off} ${currency}`;
    }),
    ...Object.entries(record.balances).flatMap(([currency, balance]) =>
      balanceProblems(journal, { name, customer, currency, balance }),
    ),
  ].filter(Boolean);
}

/** A line about the record's own subject is stored without it. */
function wholeRecord(item: Item): JournalRecord {
  const record = item as unknown as JournalRecord;
  const whole = (line: Posting): Posting => ({ ...line, subject: line.subject ?? record.subject });
  const postings = (record.postings ?? []).map(whole);
  return { ...record, postings };
}

const carried = {
  outstanding: ["receivable", 1],
  unapplied: ["unapplied", -1],
  credit: ["credits", -1],
} as const;

function balanceProblems(
  journal: Journal,
  told: {
    readonly name: string;
    readonly customer: string;
    readonly currency: string;
    readonly balance: Readonly<Record<string, number>>;
  },
): string[] {
  const { name, customer, currency, balance } = told;
  return Object.entries(carried).flatMap(([field, [account, sign]]) => {
    const sum = sign * sumIn(journal, customer, currency, account);
    const isRight = balance[field] === sum || (sum === 0 && !balance[field]);
    return [
      isRight ? "" : `${name}: ${field} is ${balance[field]} ${currency}, its postings say ${sum}`,
      sum >= 0 ? "" : `${name}: ${field} falls below zero`,
    ];
  });
}

/** SHA-256 over the published form, keys in order (RFC 8785), amounts in major units. */
function hashOf(record: JournalRecord): string {
  const { id, seq, at, type, actor, subject, memo, postings = [], balances } = record;
  const published = {
    ...{ id, seq, at, type, actor, subject, memo, previousHash: record.previousHash },
    postings: postings.map((line) => ({ ...line, amount: major(line.amount, line.currency) })),
    balances: Object.fromEntries(
      Object.entries(balances).map(([currency, balance]) => [
        currency,
        Object.fromEntries(
          Object.entries(balance).map(([name, amount]) => [name, major(amount, currency)]),
        ),
      ]),
    ),
  };
  return createHash("sha256").update(canonical(published)).digest("hex");
}

const major = (amount: number, currency: string): number => amount / 10 ** exponentOf(currency);

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  const sorted = fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join()}}`;
}
