import type { StatementFacts } from "../../../../domain/portal/statement.ts";
import {
  appendRecord,
  emptyJournal,
  type JournalRecord,
  noBalance,
  type Posting,
} from "../../../../domain/shared/journal.ts";
import { aCustomerId, anId } from "../../../support/builders.ts";

export const invoices = [anId("invoice"), anId("invoice"), anId("invoice")] as const;
export const payments = [anId("payment"), anId("payment")] as const;
export const retainers = [anId("invoice"), anId("invoice")] as const;
export const numbers = new Map<string, string>([
  ...invoices.map((id, index) => [id, `INV-${index + 1}`] as const),
  ...retainers.map((id, index) => [id, `RET-${index + 1}`] as const),
]);
export const retainerOf = new Map<string, string>(
  payments.map((id, at) => [id, retainers[at] ?? ""]),
);

type Account = Posting["account"];
export type Move = readonly [type: string, from: Account, to: Account, amount: number, ids: Ids];
interface Ids {
  readonly from: string;
  readonly to: string;
}

export function aRecord(at: string, [type, from, to, amount, ids]: Move): JournalRecord {
  const postings: Posting[] = [
    { account: to, amount, subject: ids.to, currency: "USD" },
    { account: from, amount: -amount, subject: ids.from, currency: "USD" },
  ];
  const lots = { USD: { outstanding: 1e9, unapplied: 1e9, credit: 1e9 } };
  const context = { id: anId("journal"), customer: aCustomerId, actor: {}, now: at };
  const entry = { type, subject: ids.to, memo: "", postings };
  return appendRecord(emptyJournal, lots, entry, context).record;
}

export const issued = (id: string, amount: number): Move => [
  ...(["invoice.issued", "revenue", "receivable", amount] as const),
  { from: id, to: id },
];
export const received = (id: string, amount: number): Move => [
  ...(["payment.received", "unapplied", "cash", amount] as const),
  { from: id, to: id },
];
export const refunded = (id: string, amount: number): Move => [
  ...(["payment.refunded", "cash", "unapplied", amount] as const),
  { from: id, to: id },
];
export const applied = (payment: string, invoice: string, amount: number): Move => [
  ...(["payment.applied", "receivable", "unapplied", amount] as const),
  { from: invoice, to: payment },
];
export const undone = (payment: string, invoice: string, amount: number): Move => [
  ...(["payment.unapplied", "unapplied", "receivable", amount] as const),
  { from: payment, to: invoice },
];

export const facts = (over: Partial<StatementFacts>): StatementFacts => ({
  balance: noBalance,
  records: [],
  invoices: [],
  retainers: [],
  ...{ retainerOf, numbers },
  ...over,
});
