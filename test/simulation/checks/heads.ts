import {
  appliedTo,
  type Books,
  type Credit,
  creditStatus,
  type Document,
  isDisputed,
  needOf,
  type Payment,
  paidOn,
  paymentStatus,
  statusOf,
} from "../model/books.ts";
import type { Item } from "../storage.ts";
import { type Journal, sumIn } from "./journal.ts";

// biome-ignore lint/suspicious/noExplicitAny: stored items are read field by field
export type Head = any;

/** A stored record with its listed fields in their places. */
export const headOf = ({ row, ...rest }: Item): Head => ({ ...(row as Item), ...rest });

/** The stored records of one kind; `sk` names it. */
export const headsOf = (mirror: ReadonlyMap<string, Item>, sk: string): Head[] =>
  [...mirror.values()].filter((item) => item.sk === sk).map(headOf);

export interface Stored {
  readonly books: Books;
  readonly journal: Journal;
  readonly mirror: ReadonlyMap<string, Item>;
}

/** What is stored, against the model and against what the journal's postings add up to. */
export function headProblems(stored: Stored): string[] {
  const invoices = headsOf(stored.mirror, "INV");
  const payments = headsOf(stored.mirror, "PAY");
  const credits = headsOf(stored.mirror, "CRE");
  const { books } = stored;
  return [
    ...namesMatch("document", invoices, books.documents),
    ...namesMatch("payment", payments, books.payments),
    ...namesMatch("credit", credits, books.credits),
    ...applicationProblems(stored, invoices),
    ...invoices.flatMap((head) => documentProblems(stored, head)),
    ...payments.flatMap((head) => paymentProblems(stored, head)),
    ...credits.flatMap((head) => creditProblems(stored, head)),
    ...accountProblems(stored),
  ];
}

function namesMatch(kind: string, heads: readonly Head[], known: ReadonlyMap<string, object>) {
  const ids = new Set(heads.map(({ id }) => String(id)));
  return [
    ...[...ids].filter((id) => !known.has(id)).map((id) => `nobody asked for ${kind} ${id}`),
    ...[...known.keys()].filter((id) => !ids.has(id)).map((id) => `${kind} ${id} is gone`),
  ];
}

/** Empty fields are not stored. */
export function differences(
  what: string,
  found: Head,
  expected: Readonly<Record<string, unknown>>,
) {
  return Object.entries(expected).flatMap(([field, value]) => {
    const is = found?.[field] ?? (typeof value === "number" ? 0 : null);
    const isSame = JSON.stringify(is) === JSON.stringify(value);
    return isSame
      ? []
      : [`${what}: ${field} is ${JSON.stringify(is)}, not ${JSON.stringify(value)}`];
  });
}

function sumProblems(
  { journal }: Stored,
  subject: string,
  expected: Readonly<Record<string, number>>,
): string[] {
  return Object.entries(expected).flatMap(([account, amount]) => {
    const sum = sumIn(journal, subject, account);
    return sum === amount ? [] : [`${subject}: the journal has ${account} ${sum}, not ${amount}`];
  });
}

/** Gives the model's new applications their ids; each must be there once, on both sides. */
function applicationProblems({ books, mirror }: Stored, invoices: readonly Head[]): string[] {
  const known = new Map(books.applications.map((one) => [one.id, one]));
  const told = invoices.flatMap((head) =>
    (head.applications ?? []).map((one: Head) => ({ ...one, invoice: String(head.id) })),
  );
  const surprises = told.flatMap(({ id, payment, credit, amount, invoice }) => {
    const source = payment ?? credit;
    const isSame = (one: { source: string; invoice: string; amount: number }) =>
      one.source === source && one.invoice === invoice && one.amount === amount;
    const one = known.get(id) ?? books.applications.find((new_) => new_.id === "" && isSame(new_));
    if (!one || !isSame(one)) return [`application ${id}: ${source} pays ${amount} of ${invoice}`];
    one.id = id;
    return [];
  });
  const ids = new Set(told.map(({ id }) => id));
  const items = [...mirror.values()].filter(({ sk }) => String(sk).startsWith("APPL#"));
  return [
    ...surprises.map((text) => `${text}, which nobody asked for`),
    ...books.applications
      .filter(({ id }) => !ids.has(id))
      .map((one) => `${one.source} does not pay ${one.amount} of ${one.invoice}`),
    ...(items.length === told.length ? [] : [`${items.length} applications, not ${told.length}`]),
    ...items
      .filter(({ id }) => !ids.has(String(id)))
      .map(({ id }) => `${String(id)} stands beside its payment only`),
  ];
}

function documentProblems(stored: Stored, head: Head): string[] {
  const { books } = stored;
  const document = books.documents.get(head.id);
  if (!document) return [];
  const isDemand = document.state === "Open" && !document.isRetainer;
  const paid = paidOn(books, document);
  const { total, tax, funded, drawn, refunded } = document;
  return [
    ...differences(head.id, head, {
      ...{ status: statusOf(books, document), total, tax, customer: document.customer },
      ...{ paid, currency: document.currency },
    }),
    ...(document.isRetainer
      ? differences(head.id, head.drawdown ?? {}, { funded, drawn, refunded })
      : []),
    ...equation(document, stored),
    ...sumProblems(stored, document.id, {
      receivable: isDemand ? total - paid : 0,
      revenue: isDemand ? tax - total : 0,
      tax: isDemand ? -tax : 0,
    }),
  ];
}

/** funded = drawn + refunded + what its payments have left; an invoice's total = balance + paid. */
function equation(document: Document, { books }: Stored): string[] {
  const { id, isRetainer, funded, drawn, refunded, total, state } = document;
  if (!isRetainer) {
    const applied = appliedTo(books, id).reduce((sum, { amount }) => sum + amount, 0);
    const isOff = state === "Open" && total !== needOf(books, document) + applied;
    return isOff || (state !== "Open" && applied > 0) ? [`${id} is paid ${applied}`] : [];
  }
  const left = [...books.payments.values()]
    .filter(({ retainer, state: received }) => retainer === id && received === "Received")
    .reduce((sum, { unapplied }) => sum + unapplied, 0);
  return funded === drawn + refunded + left ? [] : [`${id}: ${funded} is not where it went`];
}

const heldOut = ({ disputes }: Payment): number =>
  Object.values(disputes).reduce((sum, { isOut, amount }) => sum + (isOut ? amount : 0), 0);
const lostIn = ({ disputes }: Payment): number =>
  Object.values(disputes).reduce((sum, { end, amount }) => sum + (end === "lost" ? amount : 0), 0);
const paidBack = ({ refunds }: Payment): number =>
  Object.values(refunds).reduce((sum, one) => sum + (one.state === "Failed" ? 0 : one.amount), 0);

function paymentProblems(stored: Stored, head: Head): string[] {
  const payment = stored.books.payments.get(head.id);
  if (!payment) return [];
  const { amount, applied, refunded, unapplied, state, customer, currency, retainer } = payment;
  const isReceived = state === "Received";
  const refunds = Object.values(payment.refunds).map((one) => `${one.state} ${one.amount}`);
  const told = (head.refunds ?? []).map(
    (one: Head) => `${one.status === "Succeeded" ? "Done" : one.status} ${one.amount}`,
  );
  const adds = isReceived
    ? amount === applied + refunded + unapplied
    : applied + refunded + unapplied === 0;
  return [
    adds ? "" : `${head.id} does not add up`,
    ...differences(head.id, head, {
      ...{ status: paymentStatus(payment), amount, applied, refunded, unapplied },
      ...{ customer, currency, ...(isReceived ? { retainer } : {}) },
    }),
    refunds.sort().join() === told.sort().join()
      ? ""
      : `${head.id}: refunds ${told}, not ${refunds}`,
    ...sumProblems(stored, payment.id, {
      unapplied: isReceived ? -unapplied : 0,
      cash: isReceived ? amount - paidBack(payment) - heldOut(payment) - lostIn(payment) : 0,
      disputed: heldOut(payment),
      fees: payment.fees,
    }),
  ].filter(Boolean);
}

function creditProblems(stored: Stored, head: Head): string[] {
  const credit = stored.books.credits.get(head.id);
  if (!credit) return [];
  const { amount, tax, applied, balance, customer, currency } = credit;
  const isDraft = credit.state === "Draft" || neverIssued(head);
  const adds = credit.state !== "Issued" || amount === applied + balance;
  return [
    adds ? "" : `${head.id} does not add up`,
    ...differences(head.id, head, {
      ...{ status: creditStatus(credit), amount, tax, applied, balance, customer, currency },
    }),
    ...sumProblems(stored, credit.id, {
      credits: credit.state === "Issued" ? -balance : 0,
      allowances: isDraft ? 0 : credit.state === "Void" ? applied - tax : amount - tax,
      tax: isDraft ? 0 : tax,
    }),
  ].filter(Boolean);
}

const neverIssued = ({ issuedAt }: Head): boolean => !issuedAt;

function accountProblems(stored: Stored): string[] {
  const { books, journal, mirror } = stored;
  return headsOf(mirror, "ACCOUNT").flatMap((account) => {
    const { customer } = account;
    const own = <T extends { customer: string }>(all: Iterable<T>): T[] =>
      [...all].filter((one) => one.customer === customer);
    const money = own(books.payments.values());
    const credits = own(books.credits.values());
    const documents = own(books.documents.values()).filter(({ isRetainer }) => !isRetainer);
    const currencies = new Set(
      [...money, ...credits, ...documents].map(({ currency }) => currency),
    );
    const head = journal.heads.get(customer);
    return [
      ...differences(`the account of ${customer}`, account, {
        ...{ seq: head?.seq ?? 0, hash: head?.hash ?? "0".repeat(64), at: head?.at ?? "" },
      }),
      ...[...currencies].flatMap((currency) =>
        differences(`${customer} in ${currency}`, account.balances?.[currency] ?? {}, {
          outstanding: total(documents, currency, (one) => needOf(books, one)),
          unapplied: total(money, currency, (one) =>
            one.state === "Received" ? one.unapplied : 0,
          ),
          credit: total(credits, currency, (one) => (one.state === "Issued" ? one.balance : 0)),
        }),
      ),
      ...openProblems(account, money, credits),
    ];
  });
}

const total = <T extends { currency: string }>(
  all: readonly T[],
  currency: string,
  amountOf: (one: T) => number,
): number => all.reduce((sum, one) => sum + (one.currency === currency ? amountOf(one) : 0), 0);

/** What automatic application reads is exactly what can be moved. */
function openProblems(account: Head, money: readonly Payment[], credits: readonly Credit[]) {
  const open = money
    .filter((one) => one.state === "Received" && one.unapplied > 0 && !isDisputed(one))
    .map(({ id, unapplied }) => `${id} ${unapplied}`);
  const usable = credits
    .filter(({ state, balance }) => state === "Issued" && balance > 0)
    .map(({ id, balance }) => `${id} ${balance}`);
  const listed = (account.openMoney ?? []).map((one: Head) => `${one.payment} ${one.unapplied}`);
  const listedCredits = (account.openCredits ?? []).map(
    (one: Head) => `${one.credit} ${one.balance}`,
  );
  return [
    open.sort().join() === listed.sort().join() ? "" : `open money is ${listed}, not ${open}`,
    usable.sort().join() === listedCredits.sort().join() ? "" : `open credits are ${listedCredits}`,
  ].filter(Boolean);
}
