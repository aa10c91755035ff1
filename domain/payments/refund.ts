import type { Id } from "../shared/ids.ts";
import type { Also } from "../shared/journal.ts";
import { type Refusal, refuse } from "../shared/refusals.ts";
import {
  type Books,
  closeLedger,
  type Decision,
  invoiceIn,
  type Ledger,
  type LedgerContext,
  openLedger,
  paymentIn,
  putInvoice,
  putPayment,
  record,
  requireSameState,
  transfer,
} from "./ledger.ts";
import {
  type Application,
  isAvailable,
  type Payment,
  paymentNumber,
  type Refund,
  refundsPerPaymentMax,
} from "./payment.ts";
import { undoApplications } from "./undo.ts";

export interface RefundPayment {
  readonly id: Id<"refund">;
  readonly payment: Payment;
  readonly amount: number;
  readonly reason: string | null;
  /** Applications that the caller gives up for this refund. */
  readonly unapply: readonly Application[];
}

/**
 * Books the refund at once, so nobody can spend the money twice: Stripe money as Pending until Stripe
 * confirms, other money as done.
 */
export function refundPayment(
  books: Books,
  command: RefundPayment,
  context: LedgerContext,
): Decision {
  const { payment } = command;
  const refused = refuseRefund(payment);
  if (refused) return refused;
  const ledger = openLedger(books, context);
  const undone = undoApplications(ledger, command.unapply);
  const free = paymentIn(ledger, payment.id);
  if (command.amount > free.unapplied) {
    return refuse("payment.insufficient", "The payment has less unapplied money than that.");
  }
  const status = payment.stripe ? "Pending" : "Succeeded";
  const refund = refundOf(command, status, context.now);
  const also = giveBack(ledger, free, refund);
  record(ledger, {
    type: "payment.refunded",
    subject: payment.id,
    memo: paymentNumber(payment),
    postings: [...undone.postings, ...refundPostings(payment, command.amount)],
    also,
    data: { refund: refund.id, status },
  });
  return closeLedger(ledger);
}

function refuseRefund(payment: Payment): Refusal | undefined {
  if (!isAvailable(payment) && payment.status !== "Refunded") {
    return refuse("payment.not-available", `The payment is ${payment.status}.`);
  }
  if (payment.refunds.length >= refundsPerPaymentMax) {
    return refuse("payment.too-many-refunds", `At most ${refundsPerPaymentMax} refunds a payment.`);
  }
  return undefined;
}

const refundOf = (
  { id, amount, reason }: Pick<RefundPayment, "id" | "amount" | "reason">,
  status: Refund["status"],
  at: string,
): Refund => ({ id, amount, at, status, reason, stripe: null });

const refundPostings = (payment: Payment, amount: number) =>
  transfer(amount, payment.currency, [
    { account: "unapplied", subject: payment.id },
    { account: "cash", subject: payment.id },
  ]);

/** Moves unapplied money to refunded, on the payment and on the retainer that it funded. */
export function giveBack(ledger: Ledger, payment: Payment, refund: Refund): Also[] {
  putPayment(ledger, {
    ...payment,
    refunded: payment.refunded + refund.amount,
    unapplied: payment.unapplied - refund.amount,
    refunds: [...payment.refunds, refund],
  });
  if (!payment.retainer) return [];
  moveRefunded(ledger, payment.retainer, refund.amount);
  return [{ type: "retainer.refunded", subject: payment.retainer }];
}

export function moveRefunded(ledger: Ledger, retainerId: Id<"invoice">, amount: number): void {
  const retainer = invoiceIn(ledger, retainerId);
  if (!retainer.drawdown) throw new Error(`${retainerId} is not a retainer`);
  const drawdown = { ...retainer.drawdown, refunded: retainer.drawdown.refunded + amount };
  putInvoice(ledger, { ...retainer, drawdown });
}

/** What Stripe said of a refund that we asked for. Unknown or settled already: nothing to do. */
export function settleRefund(
  books: Books,
  command: {
    readonly payment: Payment;
    readonly refund: Id<"refund">;
    readonly outcome: "Succeeded" | "Failed";
    /** Null: Stripe refused it outright. */
    readonly stripe: string | null;
  },
  context: LedgerContext,
): Decision | undefined {
  const { payment, outcome } = command;
  requireSameState(books, payment);
  const refund = payment.refunds.find(({ id }) => id === command.refund);
  if (!refund || refund.status === "Failed" || refund.status === outcome) return undefined;
  const ledger = openLedger(books, context);
  const failed = outcome === "Failed";
  const settled = { ...refund, status: outcome, stripe: command.stripe };
  putPayment(ledger, {
    ...payment,
    refunded: payment.refunded - (failed ? refund.amount : 0),
    unapplied: payment.unapplied + (failed ? refund.amount : 0),
    refunds: payment.refunds.map((one) => (one.id === refund.id ? settled : one)),
  });
  if (failed && payment.retainer) moveRefunded(ledger, payment.retainer, -refund.amount);
  record(ledger, {
    type: failed ? "payment.refund-failed" : "payment.refund-settled",
    subject: payment.id,
    memo: paymentNumber(payment),
    postings: failed
      ? refundPostings(payment, refund.amount).map((line) => ({ ...line, amount: -line.amount }))
      : [],
    data: {
      refund: refund.id,
      status: outcome,
      touched: payment.retainer ? [payment.retainer] : [],
    },
  });
  return closeLedger(ledger);
}

/** A mistaken entry by hand, as if it never was; money that moved on can't be voided. */
export function voidPayment(
  books: Books,
  command: { readonly payment: Payment; readonly reason: string | null },
  context: LedgerContext,
): Decision {
  const { payment } = command;
  const untouched = payment.applied === 0 && payment.refunded === 0;
  if (payment.source !== "manual" || payment.status !== "Succeeded" || !untouched) {
    return refuse(
      "payment.in-use",
      "Only an untouched payment that was recorded by hand is voided.",
    );
  }
  const ledger = openLedger(books, context);
  putPayment(ledger, { ...payment, status: "Void", voidReason: command.reason });
  if (payment.retainer) unfund(ledger, payment.retainer, payment.amount);
  record(ledger, {
    type: "payment.voided",
    subject: payment.id,
    memo: paymentNumber(payment),
    postings: refundPostings(payment, payment.amount),
    data: { touched: payment.retainer ? [payment.retainer] : [] },
  });
  return closeLedger(ledger);
}

function unfund(ledger: Ledger, retainerId: Id<"invoice">, amount: number): void {
  const retainer = invoiceIn(ledger, retainerId);
  if (!retainer.drawdown) throw new Error(`${retainerId} is not a retainer`);
  const drawdown = { ...retainer.drawdown, funded: retainer.drawdown.funded - amount };
  putInvoice(ledger, { ...retainer, drawdown, paid: retainer.paid - amount });
}
