import { hasMoney, type Invoice } from "../billing/invoice.ts";
import type { Posting } from "../shared/journal.ts";
import { refuse } from "../shared/refusals.ts";
import { issuePostings } from "./issue.ts";
import {
  type Books,
  closeLedger,
  type Decision,
  invoiceIn,
  type LedgerContext,
  openLedger,
  putInvoice,
  record,
} from "./ledger.ts";
import { applicationsOf, undoApplications } from "./undo.ts";

const reversed = (postings: readonly Posting[]): Posting[] =>
  postings.map((line) => ({ ...line, amount: -line.amount }));

/**
 * Takes the demand back and gives every applied amount back to its source. A retainer that has received
 * money can't be canceled: its money is refunded instead.
 */
export function cancelInvoice(
  books: Books,
  command: { readonly invoice: Invoice },
  context: LedgerContext,
): Decision {
  const { invoice } = command;
  if (invoice.isRetainer && hasMoney(invoice)) {
    return refuse("invoice.has-payments", "The retainer has received money: refund it instead.");
  }
  if (invoice.status === "Canceled" || invoice.status === "Pending") {
    return refuse("invoice.not-open", `The invoice is ${invoice.status}.`);
  }
  if (invoice.status === "Draft") {
    return refuse("invoice.not-open", "A draft is deleted, not canceled.");
  }
  const ledger = openLedger(books, context);
  const undone = undoApplications(ledger, applicationsOf(invoice));
  putInvoice(ledger, {
    ...invoiceIn(ledger, invoice.id),
    status: "Canceled",
    canceledAt: context.now,
  });
  record(ledger, {
    type: "invoice.canceled",
    subject: invoice.id,
    memo: invoice.number ?? "",
    postings: [...undone.postings, ...reversed(issuePostings(invoice))],
    also: undone.also,
  });
  return closeLedger(ledger);
}

/** An issued invoice that nothing paid yet is issued anew with other amounts, in one record. */
export function changeIssuedInvoice(
  books: Books,
  command: { readonly invoice: Invoice; readonly next: Invoice },
  context: LedgerContext,
): Decision {
  const { invoice, next } = command;
  const ledger = openLedger(books, context);
  putInvoice(ledger, next);
  const postings =
    moneyOf(invoice) === moneyOf(next)
      ? []
      : [...reversed(issuePostings(invoice)), ...issuePostings(next)];
  record(ledger, {
    type: "invoice.updated",
    subject: invoice.id,
    memo: invoice.number ?? "",
    postings,
  });
  return closeLedger(ledger);
}

/** What of a document the books know: two equal texts mean that no posting changes. */
export const moneyOf = ({ currency, customer, total, tax }: Invoice): string =>
  `${customer} ${currency} ${total} ${tax}`;
