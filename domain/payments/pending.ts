import { isOpen } from "../billing/invoice.ts";
import {
  type Books,
  closeLedger,
  type Decision,
  invoiceIn,
  type LedgerContext,
  openLedger,
  paymentIn,
  putInvoice,
  putPayment,
  record,
} from "./ledger.ts";
import { type Payment, paymentNumber } from "./payment.ts";
import { clearPending, newPayment, type ReceivePayment } from "./receive.ts";

/** A bank debit is on its way: nothing is booked, but its documents wait and take no other money. */
export function awaitPayment(
  books: Books,
  command: ReceivePayment,
  context: LedgerContext,
): Decision {
  const ledger = openLedger(books, context);
  const [only] = command.for;
  const named = only ? invoiceIn(ledger, only.invoice) : undefined;
  putPayment(ledger, {
    ...newPayment(command, context.now),
    retainer: named?.isRetainer ? named.id : null,
  });
  for (const { invoice } of command.for) {
    const open = invoiceIn(ledger, invoice);
    if (!isOpen(open) && open.status !== "Pending") continue;
    const checkout = open.checkout === command.id ? null : open.checkout;
    putInvoice(ledger, {
      ...open,
      checkout,
      pendingPayments: [...open.pendingPayments, command.id],
    });
  }
  record(ledger, {
    type: "payment.pending",
    subject: command.id,
    memo: paymentNumber(command),
    postings: [],
    data: { touched: command.for.map(({ invoice }) => invoice) },
  });
  return closeLedger(ledger);
}

/** The bank refused: the documents ask for their money again. */
export function failPayment(
  books: Books,
  command: ReceivePayment & { readonly failure: string },
  context: LedgerContext,
): Decision {
  const ledger = openLedger(books, context);
  const known = ledger.payments.get(command.id);
  const payment = known ? paymentIn(ledger, command.id) : newPayment(command, context.now);
  clearPending(ledger, command);
  putPayment(ledger, { ...payment, status: "Failed", failure: command.failure });
  record(ledger, {
    type: "payment.failed",
    subject: command.id,
    memo: paymentNumber(command),
    postings: [],
    data: { failure: command.failure, touched: command.for.map(({ invoice }) => invoice) },
  });
  return closeLedger(ledger);
}

/**
 * It waits on an account that was taken from the agency, so that nobody here learns what becomes of it: staff
 * looked it up at Stripe, and its documents take other money again.
 */
export function giveUpPayment(
  books: Books,
  command: Pick<ReceivePayment, "for"> & {
    readonly payment: Payment;
    readonly reason: string | null;
  },
  context: LedgerContext,
): Decision {
  const { payment, reason } = command;
  const ledger = openLedger(books, context);
  clearPending(ledger, { id: payment.id, for: command.for });
  putPayment(ledger, { ...payment, status: "Void", voidReason: reason });
  record(ledger, {
    type: "payment.voided",
    subject: payment.id,
    memo: paymentNumber(payment),
    postings: [],
    data: { touched: command.for.map(({ invoice }) => invoice) },
  });
  return closeLedger(ledger);
}
