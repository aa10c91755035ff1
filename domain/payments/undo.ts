import type { Invoice } from "../billing/invoice.ts";
import { type Also, BooksMoved, type Posting } from "../shared/journal.ts";
import { refuse } from "../shared/refusals.ts";
import { moveDrawn } from "./apply.ts";
import {
  type Books,
  closeLedger,
  creditIn,
  type Decision,
  invoiceIn,
  type Ledger,
  type LedgerContext,
  openLedger,
  paymentIn,
  putCredit,
  putInvoice,
  putPayment,
  record,
  transfer,
} from "./ledger.ts";
import { type Application, isAvailable, type Payment, paymentNumber } from "./payment.ts";

/** Takes back whole applications. Disputed money stays where it is until the dispute is over. */
export function unapplyPayment(
  books: Books,
  command: { readonly payment: Payment; readonly applications: readonly Application[] },
  context: LedgerContext,
): Decision {
  const { payment, applications } = command;
  if (!isAvailable(payment)) {
    return refuse("payment.not-available", `The payment is ${payment.status}.`);
  }
  const ledger = openLedger(books, context);
  const undone = undoApplications(ledger, applications);
  record(ledger, {
    type: "payment.unapplied",
    subject: payment.id,
    memo: `${paymentNumber(payment)} back from ${undone.numbers.join(", ")}`,
    postings: undone.postings,
  });
  return closeLedger(ledger);
}

export function undoApplications(
  ledger: Ledger,
  applications: readonly Application[],
): { readonly postings: Posting[]; readonly also: Also[]; readonly numbers: string[] } {
  const postings = applications.flatMap((application) => undoApplication(ledger, application));
  const numbers = applications.map(({ invoice }) => invoiceIn(ledger, invoice).number ?? "");
  return { postings, also: [], numbers: [...new Set(numbers)] };
}

/** Gives the money back to where it came from and re-opens the invoice. */
export function undoApplication(ledger: Ledger, application: Application): Posting[] {
  const { amount, currency } = application;
  const invoice = invoiceIn(ledger, application.invoice);
  putInvoice(ledger, withoutApplication(invoice, application));
  if (!ledger.applied.delete(application.id)) ledger.undone.set(application.id, application);
  if (application.credit) {
    const credit = creditIn(ledger, application.credit);
    // What comes back to a voided credit is void at once.
    const isVoid = credit.status === "Void";
    putCredit(ledger, {
      ...credit,
      applied: credit.applied - amount,
      balance: isVoid ? 0 : credit.balance + amount,
    });
    return transfer(amount, currency, [
      { account: "receivable", subject: invoice.id },
      { account: isVoid ? "allowances" : "credits", subject: credit.id },
    ]);
  }
  const payment = paymentIn(ledger, application.payment ?? "");
  putPayment(ledger, {
    ...payment,
    applied: payment.applied - amount,
    unapplied: payment.unapplied + amount,
  });
  if (payment.retainer) moveDrawn(ledger, payment.retainer, -amount);
  return transfer(amount, currency, [
    { account: "receivable", subject: invoice.id },
    { account: "unapplied", subject: payment.id },
  ]);
}

function withoutApplication(invoice: Invoice, application: Application): Invoice {
  const applications = invoice.applications.filter(({ id }) => id !== application.id);
  if (applications.length === invoice.applications.length) {
    throw new BooksMoved(`${application.id} is not on ${invoice.id}`);
  }
  return { ...invoice, applications, paid: invoice.paid - application.amount };
}

/** The applications of an invoice as items of their own, for undoing them. */
export function applicationsOf(invoice: Invoice): Application[] {
  return invoice.applications.map(({ id, payment, credit, amount, at }) => ({
    id,
    payment,
    credit,
    amount,
    at,
    invoice: invoice.id,
    customer: invoice.customer,
    currency: invoice.currency,
  }));
}
