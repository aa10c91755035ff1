import * as z from "zod";
import { canonicalJson, sha256Hex } from "./canonical.ts";
import type { Currency } from "./currencies.ts";
import type { Id } from "./ids.ts";
import { toMajor } from "./money.ts";
import { currencySchema, idOf, instantSchema, list, maybe } from "./schema.ts";

/** The books of one agency: debit is positive, credit negative. Balances of documents are not accounts. */
export const ledgerAccounts = [
  "receivable",
  "cash",
  "unapplied",
  "credits",
  "allowances",
  "revenue",
  "tax",
  "disputed",
  "fees",
] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

export const actorSchema = z.object({
  apiKey: idOf("key").optional(),
  staff: idOf("staff").optional(),
  contact: idOf("contact").optional(),
  system: z.string().optional(),
});
export type Actor = z.infer<typeof actorSchema>;

/** `subject` is the document (or payment, or credit) whose own balance this line moves. */
export const postingSchema = z.object({
  account: z.enum(ledgerAccounts),
  amount: z.number().int(),
  currency: currencySchema,
  subject: z.string(),
});
export type Posting = z.infer<typeof postingSchema>;

/** What a customer owes, has paid ahead and is owed in goodwill; minor units, never negative. */
export const balanceSchema = z.object({
  outstanding: z.number().int().nonnegative(),
  unapplied: z.number().int().nonnegative(),
  credit: z.number().int().nonnegative(),
});
export type Balance = z.infer<typeof balanceSchema>;
export const noBalance: Balance = { outstanding: 0, unapplied: 0, credit: 0 };

export const balancesSchema = z.record(z.string(), balanceSchema);
export type Balances = Readonly<Record<string, Balance>>;

/** An event that one record stands for beside its own type: "this also paid the invoice". */
export const alsoSchema = z.object({ type: z.string(), subject: z.string() });
export type Also = z.infer<typeof alsoSchema>;

/** Most lines are about the record's own subject, so it is stored once: a record stays within one unit. */
const ownSubject = { subject: true } as const;

/** What a stored line leaves out, put back. */
export const aboutOwn = <T extends { readonly subject?: string | undefined }>(
  lines: readonly T[],
  own: string,
) => lines.map(({ subject = own, ...line }) => ({ ...line, subject }));

export const storedJournalSchema = z.object({
  id: idOf("journal"),
  customer: idOf("customer"),
  seq: z.number().int().positive(),
  at: instantSchema,
  type: z.string(),
  actor: actorSchema,
  subject: z.string(),
  memo: z.string(),
  postings: list(postingSchema.partial(ownSubject)),
  balances: balancesSchema,
  previousHash: z.string(),
  hash: z.string(),
  /** Not part of the published record, nor of its hash: what the consumers need to react. */
  also: list(alsoSchema.partial(ownSubject)),
  data: maybe(z.record(z.string(), z.unknown())),
});

export const journalRecordSchema = storedJournalSchema.transform((stored) => ({
  ...stored,
  postings: aboutOwn(stored.postings, stored.subject),
  also: aboutOwn(stored.also, stored.subject),
}));
export type JournalRecord = z.infer<typeof journalRecordSchema>;

/** The form in which a record is stored; the schema reads it back whole. */
export function storedRecord(record: JournalRecord) {
  const { postings, also } = record;
  const named = <T extends { readonly subject: string }>({ subject, ...line }: T) =>
    subject === record.subject ? line : { ...line, subject };
  return { ...record, postings: postings.map(named), also: also.map(named) };
}

/** What the account remembers of its journal: where the next record hooks on. */
export interface JournalHead {
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
}
export const emptyJournal: JournalHead = { seq: 0, hash: "0".repeat(64), at: "" };

export interface Entry {
  readonly type: string;
  readonly subject: string;
  readonly memo: string;
  readonly postings: readonly Posting[];
  readonly also?: readonly Also[];
  readonly data?: Record<string, unknown>;
}

export interface EntryContext {
  readonly id: Id<"journal">;
  readonly customer: Id<"customer">;
  readonly actor: Actor;
  readonly now: string;
}

/** The form in which a record is published and hashed: amounts in major units, no inner fields. */
export function publishedRecord(record: Omit<JournalRecord, "hash" | "also" | "data">) {
  return {
    id: record.id,
    seq: record.seq,
    at: record.at,
    type: record.type,
    actor: record.actor,
    subject: record.subject,
    memo: record.memo,
    postings: record.postings.map((line) => ({
      account: line.account,
      amount: toMajor(line.amount, line.currency),
      currency: line.currency,
      subject: line.subject,
    })),
    balances: publishedBalances(record.balances),
    previousHash: record.previousHash,
  };
}

export function publishedBalances(balances: Balances) {
  return Object.fromEntries(
    Object.entries(balances).map(([currency, balance]) => [
      currency,
      publishedBalance(balance, currency as Currency),
    ]),
  );
}

export const publishedBalance = (balance: Balance, currency: Currency) => ({
  outstanding: toMajor(balance.outstanding, currency),
  unapplied: toMajor(balance.unapplied, currency),
  credit: toMajor(balance.credit, currency),
});

/** Anybody who reads the API can recompute it: the hash covers exactly the published record. */
export function hashOf(record: Omit<JournalRecord, "hash" | "also" | "data">): string {
  return sha256Hex(canonicalJson(publishedRecord(record)));
}

/** Throws when postings don't balance or a balance would fall below zero: both are bugs, never input. */
export function appendRecord(
  head: JournalHead,
  balances: Balances,
  entry: Entry,
  context: EntryContext,
): { readonly record: JournalRecord; readonly head: JournalHead } {
  assertBalanced(entry.postings);
  const body = {
    id: context.id,
    customer: context.customer,
    seq: head.seq + 1,
    at: context.now > head.at ? context.now : head.at,
    type: entry.type,
    actor: context.actor,
    subject: entry.subject,
    memo: entry.memo,
    postings: [...entry.postings],
    balances: balancesAfter(balances, entry.postings),
    previousHash: head.hash,
  };
  const hash = hashOf(body);
  const record = { ...body, hash, also: [...(entry.also ?? [])], data: entry.data ?? null };
  return { record, head: { seq: body.seq, hash, at: body.at } };
}

function assertBalanced(postings: readonly Posting[]): void {
  const sums = new Map<string, number>();
  for (const line of postings) {
    if (!Number.isSafeInteger(line.amount)) throw new RangeError(`not whole units: ${line.amount}`);
    sums.set(line.currency, (sums.get(line.currency) ?? 0) + line.amount);
  }
  for (const [currency, sum] of sums) {
    if (sum !== 0) throw new RangeError(`postings in ${currency} are off by ${sum}`);
  }
}

/**
 * The books don't fit together. Records that were read one after the other may straddle another command's
 * write: the shell decides again on fresh ones. If it happens every time, it is a bug.
 */
export class BooksMoved extends Error {}

const carriers = { receivable: "outstanding", unapplied: "unapplied", credits: "credit" } as const;

/** Liabilities are credited, and shown as positive numbers. Takes what it is given: also below zero. */
export function balancesMoved(balances: Balances, postings: readonly Posting[]): Balances {
  const next: Record<string, Balance> = { ...balances };
  for (const line of postings) {
    const field = carriers[line.account as keyof typeof carriers];
    if (!field) continue;
    const before = next[line.currency] ?? noBalance;
    const moved = field === "outstanding" ? line.amount : -line.amount;
    next[line.currency] = { ...before, [field]: before[field] + moved };
  }
  return next;
}

export function balancesAfter(balances: Balances, postings: readonly Posting[]): Balances {
  const next = balancesMoved(balances, postings);
  for (const [currency, balance] of Object.entries(next)) {
    if (Math.min(balance.outstanding, balance.unapplied, balance.credit) < 0) {
      throw new BooksMoved(`a balance in ${currency} fell below zero: ${JSON.stringify(balance)}`);
    }
  }
  return next;
}
