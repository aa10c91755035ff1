import type { Credit } from "../../domain/billing/credit.ts";
import type { Invoice } from "../../domain/billing/invoice.ts";
import { type Account, emptyAccount } from "../../domain/customers/account.ts";
import type { Books, LedgerChanges, LedgerContext } from "../../domain/payments/ledger.ts";
import type { Payment } from "../../domain/payments/payment.ts";
import type { ReceivePayment } from "../../domain/payments/receive.ts";
import { type Id, type Kind, newId } from "../../domain/shared/ids.ts";

export const now = "2026-11-24T09:00:00.000Z";
export const today = "2026-11-24";
const nowMs = Date.parse(now);

let drawn = 0;
/** Ids that differ within a test run; nothing depends on their values. */
export function anId<K extends Kind>(kind: K): Id<K> {
  drawn += 1;
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(6, drawn);
  return newId(kind, nowMs, random);
}

export const aCustomerId = anId("customer");

export function aContext(over: Partial<LedgerContext> = {}): LedgerContext {
  const random = new Uint8Array(10);
  drawn += 1;
  new DataView(random.buffer).setUint32(2, drawn);
  return { now, today, actor: { system: "test" }, seed: { nowMs, random }, ...over };
}

export const anAccount = (over: Partial<Account> = {}): Account => ({
  ...emptyAccount(aCustomerId),
  ...over,
});

export function anInvoice(over: Partial<Invoice> = {}): Invoice {
  const total = over.total ?? 10_000;
  return {
    id: anId("invoice"),
    customer: aCustomerId,
    isRetainer: false,
    status: "Draft",
    number: null,
    date: today,
    dueDate: "2026-12-08",
    currency: "USD",
    subTotal: total,
    discountTotal: 0,
    netTotal: total,
    tax: 0,
    extraTotal: 0,
    total,
    paid: 0,
    applications: [],
    drawdown: over.isRetainer ? { funded: 0, drawn: 0, refunded: 0 } : null,
    pendingPayments: [],
    checkout: null,
    tags: [],
    scope: [],
    period: null,
    poNumber: null,
    autoApply: null,
    slug: null,
    lang: null,
    sentAt: null,
    viewedAt: null,
    issuedAt: null,
    canceledAt: null,
    scheduledFor: null,
    quote: null,
    recurring: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
    ...over,
  };
}

export function aCredit(over: Partial<Credit> = {}): Credit {
  return {
    id: anId("credit"),
    customer: aCustomerId,
    status: "Draft",
    number: null,
    currency: "USD",
    amount: 5_000,
    tax: 0,
    applied: 0,
    balance: 0,
    reason: null,
    invoice: null,
    date: today,
    expiresOn: null,
    issuedAt: null,
    voidedAt: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
    ...over,
  };
}

export function money(over: Partial<ReceivePayment> = {}): ReceivePayment {
  return {
    id: anId("payment"),
    customer: aCustomerId,
    amount: 10_000,
    currency: "USD",
    method: "Card",
    source: "manual",
    receivedAt: now,
    reference: null,
    notes: null,
    stripe: null,
    for: [],
    notify: false,
    ...over,
  };
}

export const emptyBooks = (): Books => ({
  account: anAccount(),
  invoices: [],
  payments: [],
  credits: [],
});

/** The books after a decision, as the store would load them again. */
export function after(books: Books, changes: LedgerChanges): Books {
  const merge = <T extends { readonly id: string }>(
    old: readonly T[],
    fresh: readonly T[],
  ): T[] => [...new Map([...old, ...fresh].map((item) => [item.id, item])).values()];
  return {
    account: changes.account,
    invoices: merge(books.invoices, changes.invoices),
    payments: merge<Payment>(books.payments, changes.payments),
    credits: merge<Credit>(books.credits, changes.credits),
  };
}
