import { balanceOf, type Invoice } from "../billing/invoice.ts";
import type { Currency } from "../shared/currencies.ts";
import type { Id } from "../shared/ids.ts";
import type { Also, Entry } from "../shared/journal.ts";
import { type Refusal, refuse } from "../shared/refusals.ts";
import { applyLine, applyLines } from "./apply.ts";
import {
  type Books,
  closeLedger,
  type Decision,
  invoiceIn,
  type Ledger,
  type LedgerContext,
  openLedger,
  putInvoice,
  putPayment,
  record,
  transfer,
} from "./ledger.ts";
import { type Payment, paymentNumber, type paymentSources } from "./payment.ts";

export interface ReceivePayment {
  readonly id: Id<"payment">;
  readonly customer: Id<"customer">;
  readonly amount: number;
  readonly currency: Currency;
  readonly method: string;
  readonly source: (typeof paymentSources)[number];
  readonly receivedAt: string;
  readonly reference: string | null;
  readonly notes: string | null;
  readonly stripe: Payment["stripe"];
  /** Either one retainer alone, or invoices; without an amount as much as fits. */
  readonly for: readonly {
    readonly invoice: Id<"invoice">;
    readonly amount?: number | undefined;
  }[];
  /** Mail a receipt. */
  readonly notify: boolean;
  /** What else it means that this money came. */
  readonly also?: readonly Also[];
}

/** Staff name what the money is for and are held to it: an amount that doesn't fit is refused. */
export function receivePayment(
  books: Books,
  command: ReceivePayment,
  context: LedgerContext,
): Decision {
  const ledger = openLedger(books, context);
  return receiveInto(ledger, command) ?? closeLedger(ledger);
}

/** The step of `receivePayment` inside a larger decision; answers only if it refuses. */
export function receiveInto(ledger: Ledger, command: ReceivePayment): Refusal | undefined {
  const mixed = refuseMixed(ledger, command);
  if (mixed) return mixed;
  const retainer = retainerOf(ledger, command);
  const named = command.for.reduce((sum, line) => sum + (line.amount ?? 0), 0);
  if (named > command.amount) {
    return refuse("payment.insufficient", "The applications are more than the payment.");
  }
  const closed = retainer && refuseRetainer(retainer, command);
  if (closed) return closed;
  bookReceived(ledger, command, retainer);
  if (retainer || command.for.length === 0) return undefined;
  const lines = command.for.map((line) => ({ ...line, payment: command.id }));
  const applied = applyLines(ledger, lines);
  if (!applied.ok) return applied;
  recordApplied(ledger, command, applied);
  return undefined;
}

/**
 * Money that arrives without asking (Stripe) is always booked: what its invoice can't take any more
 * stays unapplied, and `payment.unexpected` tells staff.
 */
export function bookArrivedMoney(
  books: Books,
  command: ReceivePayment,
  context: LedgerContext,
): Decision {
  const ledger = openLedger(books, context);
  const waited = waitingFor(ledger, command);
  // First, so that a retainer that waited for this very money takes it.
  clearPending(ledger, command);
  const named = retainerOf(ledger, command);
  const retainer = named && !refuseRetainer(named, command) ? named : undefined;
  const expected = named === undefined || balanceOf(named) >= command.amount;
  const surprises: Also[] =
    expected && (named === undefined) === (retainer === undefined)
      ? []
      : [{ type: "payment.unexpected", subject: command.id }];
  const told = [...(command.also ?? []), ...surprises];
  bookReceived(ledger, command, retainer, { told, waited });
  if (retainer || named) return closeLedger(ledger);
  applyWhatFits(ledger, command);
  return closeLedger(ledger);
}

function applyWhatFits(ledger: Ledger, command: ReceivePayment): void {
  const postings: Entry["postings"][number][] = [];
  const also: Also[] = [];
  for (const { invoice, amount } of command.for) {
    const open = invoiceIn(ledger, invoice);
    const left = ledger.payments.get(command.id)?.unapplied ?? 0;
    const fits = Math.min(amount ?? left, left, balanceOf(open));
    const step =
      fits > 0 ? applyLine(ledger, { payment: command.id, invoice, amount: fits }) : null;
    if (step?.ok) {
      postings.push(...step.postings);
      also.push(...step.also);
    }
    if (!step?.ok || fits < (amount ?? left)) {
      also.push({ type: "payment.unexpected", subject: command.id });
    }
  }
  if (postings.length > 0) recordApplied(ledger, command, { postings, also });
  else if (also.length > 0) noteOnLastRecord(ledger, also);
}

function noteOnLastRecord(ledger: Ledger, also: readonly Also[]): void {
  const last = ledger.records.pop();
  if (last) ledger.records.push({ ...last, also: [...last.also, ...also] });
}

function refuseMixed(ledger: Ledger, command: ReceivePayment): Refusal | undefined {
  const namesRetainer = command.for.some(({ invoice }) => invoiceIn(ledger, invoice).isRetainer);
  if (namesRetainer && command.for.length > 1) {
    return refuse("payment.mixed", "A payment funds one retainer alone, or pays invoices.");
  }
  return undefined;
}

function retainerOf(ledger: Ledger, command: ReceivePayment): Invoice | undefined {
  const [only] = command.for;
  const invoice = only ? ledger.invoices.get(only.invoice) : undefined;
  return invoice?.isRetainer ? invoice : undefined;
}

/** A canceled or wholly refunded retainer is final; a Draft must be issued first. */
function refuseRetainer(retainer: Invoice, command: ReceivePayment): Refusal | undefined {
  if (["Draft", "Canceled", "Refunded", "Pending"].includes(retainer.status)) {
    return refuse("invoice.not-open", `The retainer is ${retainer.status}.`);
  }
  if (retainer.customer !== command.customer) {
    return refuse("customer.mismatch", "The retainer belongs to another customer.");
  }
  if (retainer.currency !== command.currency) {
    return refuse("currency.mismatch", `The retainer is in ${retainer.currency}.`);
  }
  return undefined;
}

/** Takes the bank debit off the documents that waited for it. */
export function clearPending(ledger: Ledger, command: Pick<ReceivePayment, "id" | "for">): void {
  for (const { invoice } of command.for) {
    const waiting = invoiceIn(ledger, invoice);
    const pendingPayments = waiting.pendingPayments.filter((id) => id !== command.id);
    const checkout = waiting.checkout === command.id ? null : waiting.checkout;
    if (
      pendingPayments.length !== waiting.pendingPayments.length ||
      checkout !== waiting.checkout
    ) {
      putInvoice(ledger, { ...waiting, pendingPayments, checkout });
    }
  }
}

/** They wait no more, whether this money pays them or not. */
const waitingFor = (ledger: Ledger, command: Pick<ReceivePayment, "id" | "for">): string[] =>
  command.for
    .map(({ invoice }) => invoice)
    .filter((id) => invoiceIn(ledger, id).pendingPayments.includes(command.id));

const asNamed = { told: [], waited: [] };

function bookReceived(
  ledger: Ledger,
  command: ReceivePayment,
  retainer: Invoice | undefined,
  arrived: { readonly told: readonly Also[]; readonly waited: readonly string[] } = asNamed,
): void {
  const { told, waited } = arrived;
  const { id, amount, currency } = command;
  const known = ledger.payments.get(id);
  const also: Also[] = [...told];
  if (retainer) also.push(...fundRetainer(ledger, retainer.id, amount));
  putPayment(ledger, {
    ...newPayment(command, ledger.context.now),
    ...(known ? { createdAt: known.createdAt } : {}),
    retainer: retainer?.id ?? null,
    scope: retainer?.scope ?? [],
    unapplied: amount,
    status: "Succeeded",
  });
  record(ledger, {
    type: "payment.received",
    subject: id,
    memo: retainer ? `${paymentNumber(command)} for ${retainer.number}` : paymentNumber(command),
    postings: transfer(amount, currency, [
      { account: "cash", subject: id },
      { account: "unapplied", subject: id },
    ]),
    also,
    data: { notify: command.notify, ...(waited.length > 0 ? { touched: waited } : {}) },
  });
}

function fundRetainer(ledger: Ledger, retainerId: Id<"invoice">, amount: number): Also[] {
  const retainer = invoiceIn(ledger, retainerId);
  if (!retainer.drawdown) throw new Error(`${retainerId} is not a retainer`);
  const drawdown = { ...retainer.drawdown, funded: retainer.drawdown.funded + amount };
  const funded = putInvoice(ledger, { ...retainer, drawdown, paid: retainer.paid + amount });
  const also: Also[] = [{ type: "retainer.funded", subject: retainerId }];
  if (funded.status === "Paid") also.push({ type: "invoice.paid", subject: retainerId });
  return also;
}

function recordApplied(
  ledger: Ledger,
  command: ReceivePayment,
  applied: Pick<Entry, "postings"> & { readonly also: readonly Also[] },
): void {
  if (applied.postings.length === 0) return;
  const numbers = command.for.map(({ invoice }) => invoiceIn(ledger, invoice).number ?? "");
  record(ledger, {
    type: "payment.applied",
    subject: command.id,
    memo: `${paymentNumber(command)} to ${numbers.join(", ")}`.slice(0, 200),
    postings: applied.postings,
    also: applied.also,
  });
}

/** A payment as it starts: nothing booked yet. */
export function newPayment(command: ReceivePayment, now: string): Payment {
  const { id, customer, currency, amount, method, source, receivedAt } = command;
  return {
    id,
    customer,
    currency,
    amount,
    applied: 0,
    refunded: 0,
    unapplied: 0,
    status: "Pending",
    method,
    source,
    retainer: null,
    scope: [],
    receivedAt,
    reference: command.reference,
    notes: command.notes,
    stripe: command.stripe,
    refunds: [],
    disputes: [],
    failure: null,
    voidReason: null,
    createdAt: now,
    updatedAt: now,
    version: 0,
  };
}
