import {
  type Arrival,
  type Books,
  documentIn,
  newPayment,
  noLongerWaits,
  paymentIn,
  type Refusal,
  statusOf,
} from "./books.ts";

/** Money that is on its way: its documents wait for it and take no other. */
export function awaitMoney(books: Books, arrival: Arrival): void {
  const payment = newPayment(books, arrival, "Pending");
  const named = arrival.for.map(({ invoice }) => documentIn(books, invoice));
  if (named[0]?.isRetainer) payment.retainer = named[0].id;
  for (const one of named) {
    const status = statusOf(books, one);
    if (["Unpaid", "Partial", "Pending"].includes(status)) one.waits.push(payment.id);
  }
}

export function fail(books: Books, arrival: Arrival): void {
  noLongerWaits(books, arrival);
  const known = books.payments.get(arrival.payment.id) ?? newPayment(books, arrival, "Failed");
  known.state = "Failed";
}

/** Nobody here learns what becomes of money on an account that was taken from us: staff decide. */
export function giveUp(books: Books, id: string): Refusal {
  const payment = paymentIn(books, id);
  if (payment.state !== "Pending") return "it is over";
  payment.state = "Void";
  for (const document of books.documents.values()) {
    document.waits = document.waits.filter((one) => one !== id);
  }
  return undefined;
}
