import { type Credit, isUsable } from "../billing/credit.ts";
import { applicationsPerInvoiceMax, balanceOf, type Invoice } from "../billing/invoice.ts";
import type { Id } from "../shared/ids.ts";
import type { Also, Posting } from "../shared/journal.ts";
import { type Refusal, refuse } from "../shared/refusals.ts";
import {
  type Books,
  closeLedger,
  creditIn,
  type Decision,
  invoiceIn,
  type Ledger,
  type LedgerContext,
  mint,
  openLedger,
  paymentIn,
  putCredit,
  putInvoice,
  putPayment,
  record,
  retainerRefOf,
  transfer,
} from "./ledger.ts";
import { isAvailable, type Payment, paymentNumber } from "./payment.ts";

export type Source =
  | { readonly payment: Id<"payment">; readonly credit?: undefined }
  | { readonly credit: Id<"credit">; readonly payment?: undefined };

/** One line of an application; without an amount as much as fits. */
export type ApplyLine = Source & {
  readonly invoice: Id<"invoice">;
  readonly amount?: number | undefined;
};

export interface Applied {
  readonly postings: readonly Posting[];
  readonly also: readonly Also[];
}

export type Step = ({ readonly ok: true } & Applied) | Refusal;

/** Moves existing money: all lines or none. The record's subject is what the caller named first. */
export function applyMoney(
  books: Books,
  command: { readonly lines: readonly ApplyLine[]; readonly subject: string },
  context: LedgerContext,
): Decision {
  const ledger = openLedger(books, context);
  const done = applyLines(ledger, command.lines);
  if (!done.ok) return done;
  if (done.postings.length === 0) return closeLedger(ledger);
  const credit = command.lines.every((line) => line.credit !== undefined);
  record(ledger, {
    type: credit ? "credit.applied" : "payment.applied",
    subject: command.subject,
    memo: memoOf(ledger, command.lines),
    ...done,
  });
  return closeLedger(ledger);
}

export function applyLines(ledger: Ledger, lines: readonly ApplyLine[]): Step {
  const postings: Posting[] = [];
  const also: Also[] = [];
  for (const line of lines) {
    const step = applyLine(ledger, line);
    if (!step.ok) return step;
    postings.push(...step.postings);
    also.push(...step.also);
  }
  return { ok: true, postings, also };
}

/** A payment can't pay another customer's invoice, nor one outside its retainer's scope. */
export function applyLine(ledger: Ledger, line: ApplyLine): Step {
  const invoice = invoiceIn(ledger, line.invoice);
  const closed = refuseInvoice(invoice);
  if (closed) return closed;
  const source =
    line.payment !== undefined ? paymentIn(ledger, line.payment) : creditIn(ledger, line.credit);
  const refused =
    "receivedAt" in source ? refusePayment(source) : refuseCredit(source, ledger.context.today);
  if (refused) return refused;
  const mismatch = refusePair(source, invoice);
  if (mismatch) return mismatch;
  const left = "receivedAt" in source ? source.unapplied : source.balance;
  const amount = line.amount ?? Math.min(left, balanceOf(invoice));
  const tooMuch = refuseAmount({ amount, left, source, invoice });
  if (tooMuch) return tooMuch;
  return "receivedAt" in source
    ? applyPayment(ledger, source, invoice, amount)
    : applyCredit(ledger, source, invoice, amount);
}

function refuseInvoice(invoice: Invoice): Refusal | undefined {
  if (invoice.isRetainer) {
    return refuse("invoice.is-retainer", "Existing money is applied to invoices only.");
  }
  if (["Draft", "Canceled", "Pending"].includes(invoice.status)) {
    return refuse("invoice.not-open", `The invoice is ${invoice.status}.`);
  }
  if (invoice.applications.length >= applicationsPerInvoiceMax && balanceOf(invoice) > 0) {
    return refuse(
      "invoice.too-many-applications",
      `An invoice is paid by at most ${applicationsPerInvoiceMax} applications.`,
    );
  }
  return undefined;
}

function refusePayment(payment: Payment): Refusal | undefined {
  if (isAvailable(payment) || payment.status === "Refunded") return undefined;
  return refuse("payment.not-available", `The payment is ${payment.status}.`);
}

function refuseCredit(credit: Credit, today: string): Refusal | undefined {
  if (isUsable(credit, today) || credit.status === "Applied") return undefined;
  const expired = credit.status === "Issued" || credit.status === "PartiallyApplied";
  return refuse("credit.not-available", `The credit is ${expired ? "expired" : credit.status}.`);
}

function refusePair(source: Payment | Credit, invoice: Invoice): Refusal | undefined {
  if (source.customer !== invoice.customer) {
    return refuse("customer.mismatch", "The money and the invoice belong to different customers.");
  }
  if (source.currency !== invoice.currency) {
    return refuse(
      "currency.mismatch",
      `The money is in ${source.currency}, the invoice in ${invoice.currency}.`,
    );
  }
  if (!("scope" in source) || source.scope.length === 0) return undefined;
  if (source.scope.some((tag) => invoice.tags.includes(tag))) return undefined;
  return refuse(
    "retainer.out-of-scope",
    `This retainer pays only for work tagged ${source.scope.join(", ")}.`,
  );
}

function refuseAmount(asked: {
  readonly amount: number;
  readonly left: number;
  readonly source: Payment | Credit;
  readonly invoice: Invoice;
}): Refusal | undefined {
  const { amount, left, source, invoice } = asked;
  if (amount > left || left === 0) {
    return "receivedAt" in source
      ? refuse("payment.insufficient", "The payment has less unapplied money than that.")
      : refuse("credit.insufficient", "The credit has less left than that.");
  }
  if (amount > balanceOf(invoice) || amount === 0) {
    return refuse("invoice.over-applied", "The invoice needs less than that.");
  }
  return undefined;
}

function applyPayment(ledger: Ledger, payment: Payment, invoice: Invoice, amount: number): Step {
  const { now } = ledger.context;
  const id = mint(ledger, "application");
  const retainer = retainerRefOf(ledger, payment);
  const { currency } = payment;
  putPayment(ledger, {
    ...payment,
    applied: payment.applied + amount,
    unapplied: payment.unapplied - amount,
  });
  const line = { id, payment: payment.id, credit: null, amount, at: now };
  const paid = addApplication(ledger, invoice, { ...line, retainer });
  ledger.applied.set(id, { ...line, invoice: invoice.id, customer: invoice.customer, currency });
  const also: Also[] =
    paid.status === "Paid" ? [{ type: "invoice.paid", subject: invoice.id }] : [];
  if (payment.retainer) {
    moveDrawn(ledger, payment.retainer, amount);
    also.push({ type: "retainer.drawn", subject: payment.retainer });
  }
  const postings = transfer(amount, currency, [
    { account: "unapplied", subject: payment.id },
    { account: "receivable", subject: invoice.id },
  ]);
  return { ok: true, postings, also };
}

function applyCredit(ledger: Ledger, credit: Credit, invoice: Invoice, amount: number): Step {
  const { now } = ledger.context;
  const id = mint(ledger, "application");
  const { currency } = credit;
  putCredit(ledger, {
    ...credit,
    applied: credit.applied + amount,
    balance: credit.balance - amount,
  });
  const line = { id, payment: null, credit: credit.id, amount, at: now };
  const paid = addApplication(ledger, invoice, { ...line, retainer: null });
  ledger.applied.set(id, { ...line, invoice: invoice.id, customer: invoice.customer, currency });
  const postings = transfer(amount, currency, [
    { account: "credits", subject: credit.id },
    { account: "receivable", subject: invoice.id },
  ]);
  const also = paid.status === "Paid" ? [{ type: "invoice.paid", subject: invoice.id }] : [];
  return { ok: true, postings, also };
}

function addApplication(
  ledger: Ledger,
  invoice: Invoice,
  application: Invoice["applications"][number],
): Invoice {
  return putInvoice(ledger, {
    ...invoice,
    paid: invoice.paid + application.amount,
    applications: [...invoice.applications, application],
  });
}

/** Drawing is the retainer's side of an application; a negative amount gives it back. */
export function moveDrawn(ledger: Ledger, retainerId: string, amount: number): void {
  const retainer = invoiceIn(ledger, retainerId);
  if (!retainer.drawdown) throw new Error(`${retainerId} is not a retainer`);
  const drawdown = { ...retainer.drawdown, drawn: retainer.drawdown.drawn + amount };
  putInvoice(ledger, { ...retainer, drawdown });
}

function memoOf(ledger: Ledger, lines: readonly ApplyLine[]): string {
  const numbers = new Set(lines.map((line) => invoiceIn(ledger, line.invoice).number ?? ""));
  const sources = new Set(
    lines.map((line) =>
      line.payment !== undefined
        ? paymentNumber({ id: line.payment })
        : (creditIn(ledger, line.credit).number ?? ""),
    ),
  );
  return `${[...sources].join(", ")} to ${[...numbers].join(", ")}`.slice(0, 200);
}
