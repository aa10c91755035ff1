import type { Ahead } from "./aheads.ts";
import type { Charges } from "./charges.ts";
import type { Parties } from "./customers.ts";
import type { Schedule } from "./schedules.ts";
import type { TopUps } from "./top-ups.ts";

/** The money as product.md, section 4, tells it, written a second time and without the core. */
export interface Document {
  readonly id: string;
  readonly customer: string;
  readonly currency: string;
  readonly isRetainer: boolean;
  total: number;
  tax: number;
  tags: readonly string[];
  scope: readonly string[];
  state: "Draft" | "Open" | "Canceled";
  funded: number;
  drawn: number;
  refunded: number;
  /** Bank debits and charges on their way. */
  waits: string[];
  /** The day on which it is mailed by itself. */
  plannedFor: string | null;
}
export interface Payment {
  readonly id: string;
  readonly customer: string;
  readonly currency: string;
  amount: number;
  applied: number;
  refunded: number;
  unapplied: number;
  state: "Pending" | "Received" | "Failed" | "Void";
  retainer: string | null;
  scope: readonly string[];
  receivedAt: string;
  readonly isManual: boolean;
  refunds: Record<string, { amount: number; state: "Pending" | "Done" | "Failed" }>;
  disputes: Record<string, { amount: number; isOut: boolean; end: string | null }>;
  fees: number;
}
export interface Credit {
  readonly id: string;
  readonly customer: string;
  readonly currency: string;
  readonly amount: number;
  readonly tax: number;
  readonly expiresOn: string | null;
  applied: number;
  balance: number;
  state: "Draft" | "Issued" | "Void";
}
export interface Application {
  /** Told by the system afterwards. */
  id: string;
  readonly source: string;
  readonly invoice: string;
  readonly amount: number;
}
export interface Books {
  readonly documents: Map<string, Document>;
  readonly payments: Map<string, Payment>;
  readonly credits: Map<string, Credit>;
  applications: Application[];
  readonly schedules: Map<string, Schedule>;
  readonly aheads: Map<string, Ahead>;
  readonly charges: Charges;
  readonly topUps: TopUps;
  readonly parties: Parties;
}
/** Why something must be refused; undefined: it is done. */
export type Refusal = string | undefined;

export const emptyBooks = (): Books => ({
  documents: new Map(),
  payments: new Map(),
  ...{ credits: new Map(), applications: [], schedules: new Map() },
  ...{ aheads: new Map(), charges: new Map(), topUps: new Map(), parties: new Map() },
});

function must<T>(map: ReadonlyMap<string, T>, id: string): T {
  const found = map.get(id);
  if (!found) throw new Error(`the model does not know ${id}`);
  return found;
}
export const documentIn = (books: Books, id: string): Document => must(books.documents, id);
export const paymentIn = (books: Books, id: string): Payment => must(books.payments, id);
export const creditIn = (books: Books, id: string): Credit => must(books.credits, id);

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

export const appliedTo = (books: Books, invoice: string): Application[] =>
  books.applications.filter((one) => one.invoice === invoice);

export const paidOn = (books: Books, { id, isRetainer, funded }: Document): number =>
  isRetainer ? funded : sum(appliedTo(books, id).map(({ amount }) => amount));

export const isRefunded = ({ isRetainer, funded, refunded }: Document): boolean =>
  isRetainer && funded > 0 && funded === refunded;

export function needOf(books: Books, document: Document): number {
  if (document.state !== "Open" || isRefunded(document)) return 0;
  return Math.max(0, document.total - paidOn(books, document));
}

export function statusOf(books: Books, document: Document): string {
  if (document.state !== "Open") return document.state;
  if (document.waits.length > 0) return "Pending";
  if (isRefunded(document)) return "Refunded";
  const paid = paidOn(books, document);
  if (paid >= document.total) return "Paid";
  return paid > 0 ? "Partial" : "Unpaid";
}

export const isDisputed = ({ disputes }: Payment): boolean =>
  Object.values(disputes).some(({ end }) => end === null);

export function paymentStatus(payment: Payment): string {
  if (payment.state !== "Received") return payment.state;
  if (isDisputed(payment)) return "Disputed";
  if (payment.refunded === 0) return "Succeeded";
  return payment.refunded >= payment.amount ? "Refunded" : "PartiallyRefunded";
}

export function creditStatus({ state, applied, balance }: Credit): string {
  if (state !== "Issued" || applied === 0) return state;
  return balance > 0 ? "PartiallyApplied" : "Applied";
}

export const takesMoney = (books: Books, document: Document): boolean =>
  ["Unpaid", "Partial"].includes(statusOf(books, document));

export interface Line {
  readonly source: string;
  readonly invoice: string;
  readonly amount?: number | undefined;
}

const applicationsMax = 30;

export function apply(books: Books, { source, invoice, amount }: Line, today: string): Refusal {
  const document = documentIn(books, invoice);
  const payment = books.payments.get(source);
  const from = payment ?? creditIn(books, source);
  if (document.isRetainer) return "a retainer takes new money only";
  if (document.state !== "Open" || document.waits.length > 0) return "the invoice is not open";
  if (payment && (payment.state !== "Received" || isDisputed(payment))) return "not available";
  const credit = books.credits.get(source);
  if (credit && (credit.state !== "Issued" || isExpired(credit, today))) return "no such credit";
  if (from.customer !== document.customer) return "another customer's";
  if (from.currency !== document.currency) return "another currency";
  const scope = payment?.scope ?? [];
  if (scope.length > 0 && !scope.some((tag) => document.tags.includes(tag))) return "out of scope";
  const left = "unapplied" in from ? from.unapplied : from.balance;
  const need = needOf(books, document);
  const moved = amount ?? Math.min(left, need);
  if (moved <= 0 || moved > left) return "more than is left";
  if (moved > need) return "more than is due";
  if (appliedTo(books, invoice).length >= applicationsMax) return "too many applications";
  move(books, { id: "", source, invoice, amount: moved }, 1);
  return undefined;
}

const isExpired = ({ expiresOn }: Credit, today: string): boolean =>
  expiresOn !== null && expiresOn < today;

/** Both sides of an application, or with -1 of its undoing. */
function move(books: Books, application: Application, sign: 1 | -1): void {
  const amount = sign * application.amount;
  const payment = books.payments.get(application.source);
  if (payment) {
    payment.applied += amount;
    payment.unapplied -= amount;
    if (payment.retainer) documentIn(books, payment.retainer).drawn += amount;
  } else {
    const credit = creditIn(books, application.source);
    credit.applied += amount;
    if (credit.state !== "Void") credit.balance -= amount;
  }
  if (sign === 1) books.applications.push(application);
  else books.applications = books.applications.filter((one) => one !== application);
}

export function undo(books: Books, ids: readonly string[]): void {
  for (const one of books.applications.filter(({ id }) => ids.includes(id))) move(books, one, -1);
}

export interface Policy {
  readonly today: string;
  readonly autoApply: string;
  readonly useCredits: string;
}

const byAge = (a: Payment, b: Payment): number =>
  `${a.receivedAt} ${a.id}` < `${b.receivedAt} ${b.id}` ? -1 : 1;
const expiry = ({ expiresOn, id }: Credit): string => `${expiresOn ?? "9999"} ${id}`;

/** Credits by expiry, then money kept for one of the tags, then other money, oldest first. */
export function draw(books: Books, id: string, { today, useCredits }: Policy): void {
  const { customer, currency, tags } = documentIn(books, id);
  const own = (one: Payment | Credit) => one.customer === customer && one.currency === currency;
  const money = [...books.payments.values()].filter(own).sort(byAge);
  const open = money.filter(
    (one) => one.state === "Received" && one.unapplied > 0 && !isDisputed(one),
  );
  const credits = [...books.credits.values()]
    .filter((one) => own(one) && one.state === "Issued" && one.balance > 0)
    .filter((one) => !isExpired(one, today))
    .sort((a, b) => (expiry(a) < expiry(b) ? -1 : 1));
  const kept = open.filter(({ scope }) => scope.some((tag) => tags.includes(tag)));
  const free = open.filter(({ scope }) => scope.length === 0);
  const sources = [...(useCredits === "always" ? credits : []), ...kept, ...free].slice(0, 20);
  for (const { id: source } of sources) apply(books, { source, invoice: id }, today);
}

export function issue(books: Books, id: string, policy: Policy): Refusal {
  const document = documentIn(books, id);
  if (document.state !== "Draft") return "it is issued already";
  Object.assign(document, { state: "Open", plannedFor: null });
  if (policy.autoApply === "always" && !document.isRetainer) draw(books, id, policy);
  return undefined;
}

export interface Arrival {
  readonly payment: Pick<
    Payment,
    "id" | "customer" | "currency" | "amount" | "receivedAt" | "isManual"
  >;
  readonly for: readonly { readonly invoice: string; readonly amount?: number | undefined }[];
}

export function newPayment(books: Books, { payment }: Arrival, state: Payment["state"]): Payment {
  const none = { applied: 0, refunded: 0, unapplied: 0, retainer: null, scope: [], fees: 0 };
  const made: Payment = { ...payment, ...none, state, refunds: {}, disputes: {} };
  books.payments.set(made.id, made);
  return made;
}

function fund(payment: Payment, retainer: Document): void {
  retainer.funded += payment.amount;
  payment.retainer = retainer.id;
  payment.scope = retainer.scope;
}

/** Money recorded by staff, who are held to what they name it for. */
export function receive(books: Books, arrival: Arrival, today: string): Refusal {
  const named = arrival.for.map(({ invoice }) => documentIn(books, invoice));
  const retainer = named.find(({ isRetainer }) => isRetainer);
  if (retainer && named.length > 1) return "a payment funds one retainer alone";
  const { amount, customer, currency } = arrival.payment;
  if (sum(arrival.for.map((one) => one.amount ?? 0)) > amount) return "more than the payment";
  const payment = newPayment(books, arrival, "Received");
  payment.unapplied = amount;
  if (!retainer) {
    const lines = arrival.for.map((one) => ({ ...one, source: payment.id }));
    return lines.map((line) => apply(books, line, today)).find((refusal) => refusal !== undefined);
  }
  if (retainer.state !== "Open" || retainer.waits.length > 0) return "the retainer is not open";
  if (isRefunded(retainer)) return "the retainer is refunded";
  if (retainer.customer !== customer || retainer.currency !== currency)
    return "not this retainer's";
  return fund(payment, retainer) as undefined;
}

export const noLongerWaits = (books: Books, arrival: Arrival): void => {
  for (const { invoice } of arrival.for) {
    const document = documentIn(books, invoice);
    document.waits = document.waits.filter((id) => id !== arrival.payment.id);
  }
};

/** Money that comes without asking is always booked; what its documents can't take waits. */
export function arrive(books: Books, arrival: Arrival, today: string): void {
  noLongerWaits(books, arrival);
  const payment = newPayment(books, arrival, "Received");
  payment.unapplied = payment.amount;
  const named = arrival.for.map(({ invoice }) => documentIn(books, invoice));
  const [first] = named;
  if (first?.isRetainer) {
    const isOpen = first.state === "Open" && first.waits.length === 0 && !isRefunded(first);
    if (isOpen) fund(payment, first);
    return;
  }
  for (const { invoice, amount } of arrival.for) {
    const most = Math.min(payment.unapplied, needOf(books, documentIn(books, invoice)));
    const fits = Math.min(amount ?? most, most);
    if (fits > 0) apply(books, { source: payment.id, invoice, amount: fits }, today);
  }
}
