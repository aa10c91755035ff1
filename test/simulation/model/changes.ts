import {
  appliedTo,
  apply,
  type Books,
  creditIn,
  documentIn,
  isDisputed,
  isRefunded,
  needOf,
  type Payment,
  paymentIn,
  type Refusal,
  undo,
} from "./books.ts";

/** What takes money back: cancel, void, refund, and what begins at Stripe. */
export function cancel(books: Books, id: string): Refusal {
  const document = documentIn(books, id);
  if (document.state !== "Open" || document.waits.length > 0) return "the invoice is not open";
  if (document.isRetainer && document.funded > 0) return "its money is refunded instead";
  const ids = appliedTo(books, id).map((one) => one.id);
  undo(books, ids);
  document.state = "Canceled";
  return undefined;
}

export function unapply(books: Books, id: string, applications: readonly string[]): Refusal {
  const payment = paymentIn(books, id);
  if (payment.state !== "Received" || isDisputed(payment)) return "not available";
  if (payment.refunded >= payment.amount) return "wholly refunded";
  undo(books, applications);
  return undefined;
}

function giveBack(books: Books, payment: Payment, amount: number): void {
  payment.refunded += amount;
  payment.unapplied -= amount;
  if (payment.retainer) documentIn(books, payment.retainer).refunded += amount;
}

export function refund(
  books: Books,
  id: string,
  asked: {
    readonly amount: number;
    readonly unapply: readonly string[];
    readonly refund: string;
    readonly isAtStripe: boolean;
  },
): Refusal {
  const payment = paymentIn(books, id);
  if (payment.state !== "Received" || isDisputed(payment)) return "not available";
  undo(books, asked.unapply);
  if (asked.amount > payment.unapplied) return "more than is unapplied";
  giveBack(books, payment, asked.amount);
  const state = asked.isAtStripe ? "Pending" : "Done";
  payment.refunds[asked.refund] = { amount: asked.amount, state };
  return undefined;
}

/** What Stripe said of a refund; a failed one makes the money the customer's again. */
export function settleRefund(books: Books, id: string, refund: string, isDone: boolean): void {
  const payment = paymentIn(books, id);
  const known = payment.refunds[refund];
  if (!known || known.state === "Failed") throw new Error(`no open refund ${refund}`);
  known.state = isDone ? "Done" : "Failed";
  if (!isDone) giveBack(books, payment, -known.amount);
}

export function voidPayment(books: Books, id: string): Refusal {
  const payment = paymentIn(books, id);
  const isTouched = payment.applied > 0 || payment.refunded > 0;
  if (!payment.isManual || payment.state !== "Received" || isTouched) return "in use";
  if (payment.retainer) documentIn(books, payment.retainer).funded -= payment.amount;
  Object.assign(payment, { state: "Void", unapplied: 0 });
  return undefined;
}

/** Undoes the newest applications until so much is free; a surplus goes back to the same invoice. */
function free(books: Books, payment: Payment, amount: number, today: string): number {
  const newest = books.applications
    .filter(({ source }) => source === payment.id)
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, 30);
  let last: (typeof newest)[number] | undefined;
  for (const one of newest) {
    if (payment.unapplied >= amount) break;
    undo(books, [one.id]);
    last = one;
  }
  const surplus = payment.unapplied - amount;
  if (last && surplus > 0) restore(books, payment, { ...last, amount: surplus }, today);
  return Math.min(amount, payment.unapplied);
}

function restore(
  books: Books,
  payment: Payment,
  line: { readonly invoice: string; readonly amount: number },
  today: string,
): void {
  const document = documentIn(books, line.invoice);
  const { waits } = document;
  const { disputes } = payment;
  document.waits = [];
  payment.disputes = {};
  const amount = Math.min(line.amount, needOf(books, document));
  if (amount > 0) apply(books, { source: payment.id, invoice: document.id, amount }, today);
  document.waits = waits;
  payment.disputes = disputes;
}

export function foreignRefund(
  books: Books,
  id: string,
  made: { readonly refund: string; readonly amount: number; readonly isDone: boolean },
  today: string,
): void {
  const payment = paymentIn(books, id);
  const amount = free(books, payment, made.amount, today);
  giveBack(books, payment, amount);
  payment.refunds[made.refund] = { amount, state: made.isDone ? "Done" : "Pending" };
}

export function dispute(
  books: Books,
  id: string,
  { dispute: name, amount, step }: { dispute: string; amount: number; step: string },
  today: string,
): void {
  const payment = paymentIn(books, id);
  payment.disputes[name] ??= { amount, isOut: false, end: null };
  const known = payment.disputes[name];
  if (step === "opened") return;
  if (step === "withdrawn") known.isOut = true;
  if (step === "reinstated") known.isOut = false;
  if (!["won", "lost", "inquiry-closed"].includes(step) || known.end !== null) return;
  known.end = step;
  if (step !== "lost") return;
  known.isOut = false;
  const taken = free(books, payment, amount, today);
  giveBack(books, payment, taken);
  payment.fees += amount - taken;
}

export function issueCredit(books: Books, id: string): Refusal {
  const credit = creditIn(books, id);
  if (credit.state !== "Draft") return "it is issued already";
  Object.assign(credit, { state: "Issued", balance: credit.amount });
  return undefined;
}

export function voidCredit(books: Books, id: string): Refusal {
  const credit = creditIn(books, id);
  const isUsedUp = credit.state === "Issued" && credit.balance === 0;
  if (credit.state === "Void" || isUsedUp) return "nothing is left of it";
  Object.assign(credit, { state: "Void", balance: 0 });
  return undefined;
}

/** Whether its amount may still change: nothing paid it, nothing is on its way. */
export function changeTotal(
  books: Books,
  id: string,
  next: { readonly total: number; readonly tax: number },
): Refusal {
  const document = documentIn(books, id);
  if (document.state === "Canceled" || isRefunded(document)) return "it is over";
  const hasMoney = appliedTo(books, id).length + document.waits.length + document.funded > 0;
  if (document.state === "Open" && hasMoney) return "money was received for these terms";
  Object.assign(document, next);
  return undefined;
}
