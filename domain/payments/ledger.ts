import { type Credit, creditStatusFromAmounts } from "../billing/credit.ts";
import { balanceOf, type Invoice, remainingOf, statusFromAmounts } from "../billing/invoice.ts";
import type { Account, OpenCredit, OpenMoney, RetainerRef } from "../customers/account.ts";
import { type IdSeed, idFromSeed } from "../shared/id-seed.ts";
import type { Id, Kind } from "../shared/ids.ts";
import {
  type Actor,
  appendRecord,
  type Entry,
  type JournalRecord,
  type Posting,
} from "../shared/journal.ts";
import type { Refusal } from "../shared/refusals.ts";
import {
  type Application,
  isAvailable,
  type Payment,
  paymentStatusFromAmounts,
} from "./payment.ts";

/** What a decision about money is made from: the account and the heads it may touch, as loaded. */
export interface Books {
  readonly account: Account;
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
  readonly credits: readonly Credit[];
}

export interface LedgerContext {
  readonly now: string;
  /** The agency's day at `now`: credits expire by it. */
  readonly today: string;
  readonly actor: Actor;
  readonly seed: IdSeed;
}

/** What a decision changed; the store writes each item once, on condition of the version it was read at. */
export interface LedgerChanges {
  readonly account: Account;
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
  readonly credits: readonly Credit[];
  readonly applied: readonly Application[];
  readonly undone: readonly Application[];
  readonly records: readonly JournalRecord[];
}

export type Decided = { readonly ok: true; readonly changes: LedgerChanges };
export type Decision = Decided | Refusal;

/**
 * The working set of one decision. It is opened from loaded heads, moved by the steps of this folder
 * and closed into changes; nothing outside the decision sees it, so a refusal half-way leaves nothing.
 */
export interface Ledger {
  readonly context: LedgerContext;
  readonly before: Books;
  account: Account;
  readonly invoices: Map<string, Invoice>;
  readonly payments: Map<string, Payment>;
  readonly credits: Map<string, Credit>;
  readonly applied: Map<string, Application>;
  readonly undone: Map<string, Application>;
  readonly records: JournalRecord[];
  minted: number;
}

export function openLedger(books: Books, context: LedgerContext): Ledger {
  return {
    context,
    before: books,
    account: books.account,
    invoices: new Map(books.invoices.map((invoice) => [invoice.id, invoice])),
    payments: new Map(books.payments.map((payment) => [payment.id, payment])),
    credits: new Map(books.credits.map((credit) => [credit.id, credit])),
    applied: new Map(),
    undone: new Map(),
    records: [],
    minted: 0,
  };
}

/**
 * The books with the payment as the decision saw it. Books that were loaded later may hold a newer one: with
 * the older one the write fails on its version and all is decided anew, instead of twice.
 */
export const asDecidedOn = (books: Books, payment: Payment): Books => ({
  ...books,
  payments: books.payments.map((one) => (one.id === payment.id ? payment : one)),
});

/** A command about a payment and the books must mean the same state of it. */
export function requireSameState({ payments }: Books, payment: Payment): void {
  const held = payments.find(({ id }) => id === payment.id);
  if (held?.version === payment.version) return;
  throw new Error(`${payment.id} is at another version in the books`);
}

export function mint<K extends Kind>(ledger: Ledger, kind: K): Id<K> {
  ledger.minted += 1;
  return idFromSeed(kind, ledger.context.seed, ledger.minted);
}

export function invoiceIn(ledger: Ledger, id: string): Invoice {
  const invoice = ledger.invoices.get(id);
  if (!invoice) throw new Error(`the books were opened without ${id}`);
  return invoice;
}

export function paymentIn(ledger: Ledger, id: string): Payment {
  const payment = ledger.payments.get(id);
  if (!payment) throw new Error(`the books were opened without ${id}`);
  return payment;
}

export function creditIn(ledger: Ledger, id: string): Credit {
  const credit = ledger.credits.get(id);
  if (!credit) throw new Error(`the books were opened without ${id}`);
  return credit;
}

export function putInvoice(ledger: Ledger, invoice: Invoice): Invoice {
  const settled = invoice.status === "Draft" || invoice.status === "Canceled";
  const next = settled ? invoice : { ...invoice, status: statusFromAmounts(invoice) };
  ledger.invoices.set(next.id, next);
  return next;
}

/** Keeps the payment's equation in sight: a received payment is applied + refunded + unapplied. */
export function putPayment(ledger: Ledger, payment: Payment): Payment {
  const received = !["Pending", "Failed", "Void"].includes(payment.status);
  const next = received
    ? { ...payment, status: paymentStatusFromAmounts(payment) }
    : { ...payment, applied: 0, refunded: 0, unapplied: 0 };
  if (received && next.applied + next.refunded + next.unapplied !== next.amount) {
    throw new RangeError(`payment ${next.id} does not add up`);
  }
  ledger.payments.set(next.id, next);
  return next;
}

export function putCredit(ledger: Ledger, credit: Credit): Credit {
  const usable = credit.status !== "Draft" && credit.status !== "Void";
  const next = usable ? { ...credit, status: creditStatusFromAmounts(credit) } : credit;
  ledger.credits.set(next.id, next);
  return next;
}

/** Appends a journal record and moves the running balances with it. */
export function record(ledger: Ledger, entry: Entry): JournalRecord {
  const { account, context } = ledger;
  const appended = appendRecord(
    { seq: account.seq, hash: account.hash, at: account.at },
    account.balances,
    entry,
    {
      id: mint(ledger, "journal"),
      customer: account.customer,
      actor: context.actor,
      now: context.now,
    },
  );
  ledger.account = { ...account, ...appended.head, balances: appended.record.balances };
  ledger.records.push(appended.record);
  return appended.record;
}

/** Two lines that move `amount` from one account to another: debit `to`, credit `from`. */
export function transfer(
  amount: number,
  currency: Posting["currency"],
  [debit, credit]: readonly [
    Pick<Posting, "account" | "subject">,
    Pick<Posting, "account" | "subject">,
  ],
): Posting[] {
  if (amount === 0) return [];
  return [
    { ...debit, amount, currency },
    { ...credit, amount: -amount, currency },
  ];
}

export function closeLedger(ledger: Ledger): Decided {
  const { before, context } = ledger;
  const stamp = <T extends { readonly version: number }>(
    now: ReadonlyMap<string, T>,
    then: readonly (T & { readonly id: string })[],
  ): T[] => {
    const known = new Map(then.map((item) => [item.id, item]));
    return [...now]
      .filter(([id, item]) => known.get(id) !== item)
      .map(([id, item]) => ({
        ...item,
        updatedAt: context.now,
        version: (known.get(id)?.version ?? 0) + 1,
      }));
  };
  const payments = stamp(ledger.payments, before.payments);
  const credits = stamp(ledger.credits, before.credits);
  const invoices = stamp(ledger.invoices, before.invoices);
  const account = accountAfter(ledger, payments, credits, invoices);
  return {
    ok: true,
    changes: {
      account: { ...account, version: before.account.version + 1 },
      invoices,
      payments,
      credits,
      applied: [...ledger.applied.values()],
      undone: [...ledger.undone.values()],
      records: ledger.records,
    },
  };
}

function accountAfter(
  ledger: Ledger,
  payments: readonly Payment[],
  credits: readonly Credit[],
  invoices: readonly Invoice[],
): Account {
  const { account } = ledger;
  const money = new Map(account.openMoney.map((open) => [open.payment as string, open]));
  for (const payment of payments) {
    const open = openMoneyOf(ledger, payment);
    if (open) money.set(payment.id, open);
    else money.delete(payment.id);
  }
  const open = new Map(account.openCredits.map((credit) => [credit.credit as string, credit]));
  for (const credit of credits) {
    const entry = openCreditOf(credit);
    if (entry) open.set(credit.id, entry);
    else open.delete(credit.id);
  }
  const retainers = new Set(account.retainers);
  for (const { id, drawdown } of invoices) {
    if (drawdown && remainingOf(drawdown) > 0) retainers.add(id);
    else retainers.delete(id);
  }
  return {
    ...account,
    openMoney: [...money.values()].sort(byAge),
    openCredits: [...open.values()].sort(byExpiry),
    retainers: [...retainers],
  };
}

function openMoneyOf(ledger: Ledger, payment: Payment): OpenMoney | undefined {
  if (!isAvailable(payment) || payment.unapplied === 0) return undefined;
  return {
    payment: payment.id,
    currency: payment.currency,
    unapplied: payment.unapplied,
    receivedAt: payment.receivedAt,
    retainer: retainerRefOf(ledger, payment),
    scope: payment.scope,
  };
}

export function retainerRefOf(ledger: Ledger, payment: Payment): RetainerRef | null {
  if (!payment.retainer) return null;
  const retainer = invoiceIn(ledger, payment.retainer);
  return { id: retainer.id, number: retainer.number ?? "", date: retainer.date };
}

function openCreditOf(credit: Credit): OpenCredit | undefined {
  if (credit.balance === 0 || !["Issued", "PartiallyApplied"].includes(credit.status)) {
    return undefined;
  }
  const { id, currency, balance, expiresOn } = credit;
  return { credit: id, currency, balance, expiresOn };
}

const byAge = (a: OpenMoney, b: OpenMoney): number =>
  a.receivedAt.localeCompare(b.receivedAt) || a.payment.localeCompare(b.payment);

const never = "9999-12-31";
const byExpiry = (a: OpenCredit, b: OpenCredit): number =>
  (a.expiresOn ?? never).localeCompare(b.expiresOn ?? never) || a.credit.localeCompare(b.credit);

/** What can still be applied to this document. */
export const needOf = (invoice: Invoice): number => balanceOf(invoice);
