import { balanceOf } from "../billing/invoice.ts";
import type { Id } from "../shared/ids.ts";
import { refuse } from "../shared/refusals.ts";
import { type IssueInvoice, issueInto } from "./issue.ts";
import {
  type Books,
  closeLedger,
  type Decision,
  invoiceIn,
  type LedgerContext,
  openLedger,
} from "./ledger.ts";
import { type ReceivePayment, receiveInto } from "./receive.ts";

export interface RecordPayment {
  readonly invoice: Id<"invoice">;
  /** Set for a draft: money makes it a demand first. */
  readonly issue: IssueInvoice | null;
  /** Without an amount: what the document asks for after its issue. */
  readonly amount: number | null;
  readonly payment: Omit<ReceivePayment, "amount" | "for">;
}

/**
 * Money received by hand for one document. More than it asks for is not refused: the rest waits as
 * unapplied money.
 */
export function recordPayment(
  books: Books,
  command: RecordPayment,
  context: LedgerContext,
): Decision {
  const ledger = openLedger(books, context);
  if (command.issue) issueInto(ledger, command.issue);
  const invoice = invoiceIn(ledger, command.invoice);
  if (invoice.status === "Canceled" || invoice.status === "Pending") {
    return refuse("invoice.not-open", `The invoice is ${invoice.status}.`);
  }
  const asked = balanceOf(invoice);
  const amount = command.amount ?? asked;
  if (amount === 0) {
    if (command.issue) return closeLedger(ledger);
    return refuse("invoice.not-open", "Nothing is left to pay.");
  }
  const named = invoice.isRetainer || asked > 0 ? [{ invoice: invoice.id }] : [];
  return receiveInto(ledger, { ...command.payment, amount, for: named }) ?? closeLedger(ledger);
}
