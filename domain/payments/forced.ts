import { balanceOf } from "../billing/invoice.ts";
import type { Id } from "../shared/ids.ts";
import type { Also, Posting } from "../shared/journal.ts";
import { applyLine } from "./apply.ts";
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
  type Dispute,
  hasOpenDispute,
  type Payment,
  paymentNumber,
} from "./payment.ts";
import { giveBack, moveRefunded } from "./refund.ts";
import { undoApplication } from "./undo.ts";

/**
 * What begins at Stripe can't be refused. `newest` are the payment's applications, newest first: as many
 * are undone as the shortfall needs, and what was undone too much goes back to the same invoice.
 */
export interface Forced {
  readonly payment: Payment;
  readonly newest: readonly Application[];
}

/** Frees `amount` of unapplied money, or all there is; says how much is free and what moved. */
function freeMoney(
  ledger: Ledger,
  forced: Forced,
  amount: number,
): { readonly postings: Posting[]; readonly also: Also[]; readonly free: number } {
  const postings: Posting[] = [];
  const also: Also[] = [];
  let undone: Application | undefined;
  for (const application of forced.newest) {
    if (paymentIn(ledger, forced.payment.id).unapplied >= amount) break;
    postings.push(...undoApplication(ledger, application));
    also.push({ type: "payment.unapplied", subject: application.payment ?? "" });
    undone = application;
  }
  const surplus = paymentIn(ledger, forced.payment.id).unapplied - amount;
  if (undone && surplus > 0) postings.push(...giveSurplusBack(ledger, undone, surplus));
  const free = Math.min(amount, paymentIn(ledger, forced.payment.id).unapplied);
  return { postings, also, free };
}

/**
 * The invoice re-opens by the shortfall only. That the payment is disputed, or that the invoice waits
 * for a bank debit, doesn't matter here: the money was on this invoice a moment ago.
 */
function giveSurplusBack(ledger: Ledger, undone: Application, surplus: number): Posting[] {
  const invoice = invoiceIn(ledger, undone.invoice);
  const payment = paymentIn(ledger, undone.payment ?? "");
  const amount = Math.min(surplus, undone.amount, balanceOf(invoice));
  if (amount === 0) return [];
  putPayment(ledger, { ...payment, disputes: [] });
  putInvoice(ledger, { ...invoice, pendingPayments: [] });
  const step = applyLine(ledger, { payment: payment.id, invoice: invoice.id, amount });
  const { disputes } = payment;
  const { pendingPayments } = invoice;
  putPayment(ledger, { ...paymentIn(ledger, payment.id), disputes });
  putInvoice(ledger, { ...invoiceIn(ledger, invoice.id), pendingPayments });
  return step.ok ? [...step.postings] : [];
}

/** A refund made in Stripe's dashboard. More than the payment has left is cut to that. */
export function bookForeignRefund(
  books: Books,
  command: Forced & {
    readonly id: Id<"refund">;
    readonly stripe: string;
    readonly amount: number;
    readonly pending: boolean;
  },
  context: LedgerContext,
): Decision | undefined {
  const { payment } = command;
  requireSameState(books, payment);
  if (payment.refunds.some(({ stripe }) => stripe === command.stripe)) return undefined;
  const ledger = openLedger(books, context);
  const freed = freeMoney(ledger, command, command.amount);
  const refund = {
    id: command.id,
    amount: freed.free,
    at: context.now,
    status: command.pending ? ("Pending" as const) : ("Succeeded" as const),
    reason: null,
    stripe: command.stripe,
  };
  const also = giveBack(ledger, paymentIn(ledger, payment.id), refund);
  const postings = transfer(freed.free, payment.currency, [
    { account: "unapplied", subject: payment.id },
    { account: "cash", subject: payment.id },
  ]);
  record(ledger, {
    type: "payment.refunded",
    subject: payment.id,
    memo: `${paymentNumber(payment)} at Stripe`,
    postings: [...freed.postings, ...postings],
    also: [...also, ...freed.also, { type: "payment.changed-at-stripe", subject: payment.id }],
    data: { refund: refund.id, foreign: true },
  });
  return closeLedger(ledger);
}

export type DisputeStep = "opened" | "withdrawn" | "reinstated" | "won" | "lost" | "inquiry-closed";

/** Books one dispute event, in whatever order and how often it comes. Nothing new: undefined. */
export function bookDispute(
  books: Books,
  command: Forced & {
    readonly dispute: string;
    readonly amount: number;
    readonly step: DisputeStep;
  },
  context: LedgerContext,
): Decision | undefined {
  const { payment, step } = command;
  requireSameState(books, payment);
  const known = payment.disputes.find(({ id }) => id === command.dispute);
  const before: Dispute = known ?? {
    id: command.dispute,
    amount: command.amount,
    withdrawn: false,
    reinstated: false,
    outcome: null,
  };
  const after = disputeAfter(before, step);
  if (known && JSON.stringify(after) === JSON.stringify(known)) return undefined;
  const ledger = openLedger(books, context);
  const others = payment.disputes.filter(({ id }) => id !== before.id);
  putPayment(ledger, { ...payment, disputes: [...others, after] });
  const postings = movedAtStripe(payment, before, after);
  const lost = after.outcome === "lost" && before.outcome !== "lost";
  const loss = lost ? bookLoss(ledger, command) : { postings: [], also: [] };
  record(ledger, {
    type: "payment.disputed",
    subject: payment.id,
    memo: `${paymentNumber(payment)} ${step}`,
    postings: [...postings, ...loss.postings],
    also: [...loss.also, { type: "payment.changed-at-stripe", subject: payment.id }],
    data: {
      dispute: before.id,
      step,
      open: hasOpenDispute(paymentIn(ledger, payment.id)),
      touched: payment.retainer ? [payment.retainer] : [],
    },
  });
  return closeLedger(ledger);
}

function disputeAfter(dispute: Dispute, step: DisputeStep): Dispute {
  if (step === "opened") return dispute;
  if (step === "withdrawn") return { ...dispute, withdrawn: true };
  // Money can only come back after it went: a reinstatement that overtook its withdrawal books both.
  if (step === "reinstated") return { ...dispute, withdrawn: true, reinstated: true };
  if (step === "lost") return { ...dispute, withdrawn: true, outcome: dispute.outcome ?? "lost" };
  return { ...dispute, outcome: dispute.outcome ?? step };
}

function movedAtStripe(payment: Payment, before: Dispute, after: Dispute): Posting[] {
  const disputed = { account: "disputed", subject: payment.id } as const;
  const cash = { account: "cash", subject: payment.id } as const;
  const out = transfer(after.amount, payment.currency, [disputed, cash]);
  const back = transfer(after.amount, payment.currency, [cash, disputed]);
  return [
    ...(after.withdrawn && !before.withdrawn ? out : []),
    ...(after.reinstated && !before.reinstated ? back : []),
  ];
}

/** The lost sum leaves the payment as if refunded; what refunds had taken before is a fee. */
function bookLoss(
  ledger: Ledger,
  command: Forced & { readonly amount: number },
): { readonly postings: Posting[]; readonly also: Also[] } {
  const { payment, amount } = command;
  const freed = freeMoney(ledger, command, amount);
  const held = paymentIn(ledger, payment.id);
  putPayment(ledger, {
    ...held,
    refunded: held.refunded + freed.free,
    unapplied: held.unapplied - freed.free,
  });
  if (payment.retainer) moveRefunded(ledger, payment.retainer, freed.free);
  const subject = payment.id;
  const disputed = { account: "disputed", subject } as const;
  const postings = [
    ...freed.postings,
    ...transfer(freed.free, payment.currency, [{ account: "unapplied", subject }, disputed]),
    ...transfer(amount - freed.free, payment.currency, [{ account: "fees", subject }, disputed]),
  ];
  return { postings, also: freed.also };
}
