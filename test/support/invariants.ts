import { balanceOf, remainingOf } from "../../domain/billing/invoice.ts";
import type { Books } from "../../domain/payments/ledger.ts";
import type { Application } from "../../domain/payments/payment.ts";
import type { JournalRecord } from "../../domain/shared/journal.ts";

export interface Kept {
  readonly books: Books;
  readonly applications: readonly Application[];
  readonly journal: readonly JournalRecord[];
}

const total = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);

/**
 * What product.md, section 4, promises after every step, recomputed from the journal and the records
 * alone. Answers the broken promises; none is what every test wants.
 */
export function brokenPromises({ books, applications, journal }: Kept): string[] {
  return [
    ...journalPromises(books, journal),
    ...paymentPromises(books, applications),
    ...invoicePromises(books, applications),
    ...accountPromises(books),
  ];
}

function journalPromises({ account }: Books, journal: readonly JournalRecord[]): string[] {
  const broken: string[] = [];
  const sums = new Map<string, number>();
  let previous = "0".repeat(64);
  for (const [index, record] of journal.entries()) {
    if (record.seq !== index + 1) broken.push(`record ${index} has seq ${record.seq}`);
    if (record.previousHash !== previous) broken.push(`the chain breaks at ${record.seq}`);
    previous = record.hash;
    for (const currency of new Set(record.postings.map((line) => line.currency))) {
      const own = record.postings.filter((line) => line.currency === currency);
      if (total(own.map(({ amount }) => amount)) !== 0) broken.push(`${record.seq} is unbalanced`);
    }
    for (const { account: name, currency, amount } of record.postings) {
      const key = `${currency} ${name}`;
      sums.set(key, (sums.get(key) ?? 0) + amount);
    }
  }
  for (const [currency, balance] of Object.entries(account.balances)) {
    const expected = {
      outstanding: sums.get(`${currency} receivable`) ?? 0,
      unapplied: -(sums.get(`${currency} unapplied`) ?? 0),
      credit: -(sums.get(`${currency} credits`) ?? 0),
    };
    if (Math.min(...Object.values(balance)) < 0) broken.push(`a balance in ${currency} is below 0`);
    if (JSON.stringify(balance) !== JSON.stringify(expected)) {
      broken.push(`balances ${JSON.stringify(balance)}, journal ${JSON.stringify(expected)}`);
    }
  }
  return broken;
}

function paymentPromises({ payments }: Books, applications: readonly Application[]): string[] {
  return payments.flatMap((payment) => {
    const { id, amount, applied, refunded, unapplied, status } = payment;
    const received = !["Pending", "Failed", "Void"].includes(status);
    const own = applications.filter((line) => line.payment === id);
    return [
      received && amount !== applied + refunded + unapplied ? `${id} does not add up` : "",
      !received && applied + refunded + unapplied !== 0 ? `${id} is ${status} with money` : "",
      Math.min(applied, refunded, unapplied) < 0 ? `${id} has an amount below 0` : "",
      total(own.map((line) => line.amount)) !== applied ? `${id}: applications differ` : "",
    ].filter(Boolean);
  });
}

function invoicePromises(books: Books, applications: readonly Application[]): string[] {
  return books.invoices.flatMap((invoice) => {
    const { id, status, paid, drawdown } = invoice;
    const own = applications.filter((line) => line.invoice === id);
    const applied = total(own.map((line) => line.amount));
    const funding = books.payments.filter((payment) => payment.retainer === id);
    const live = funding.filter(
      ({ status: state }) => !["Pending", "Failed", "Void"].includes(state),
    );
    return [
      drawdown === null && paid !== applied ? `${id}: paid ${paid}, applied ${applied}` : "",
      drawdown === null && status !== "Canceled" && balanceOf(invoice) !== invoice.total - applied
        ? `${id}: balance is off`
        : "",
      status === "Canceled" && own.length > 0 ? `${id} is canceled but applied` : "",
      status === "Draft" && own.length > 0 ? `${id} is a draft but applied` : "",
      ...(drawdown ? drawdownPromises(id, drawdown, live) : []),
    ].filter(Boolean);
  });
}

function drawdownPromises(
  id: string,
  drawdown: { readonly funded: number; readonly drawn: number; readonly refunded: number },
  funding: readonly { amount: number; applied: number; refunded: number; unapplied: number }[],
): string[] {
  const expected = {
    funded: total(funding.map(({ amount }) => amount)),
    drawn: total(funding.map(({ applied }) => applied)),
    refunded: total(funding.map(({ refunded }) => refunded)),
  };
  const remaining = total(funding.map(({ unapplied }) => unapplied));
  return [
    JSON.stringify(drawdown) !== JSON.stringify(expected)
      ? `${id}: ${JSON.stringify(drawdown)} instead of ${JSON.stringify(expected)}`
      : "",
    remainingOf(drawdown) !== remaining
      ? `${id}: remaining is not what its payments have left`
      : "",
  ];
}

/** The open money that automatic application reads is exactly what can be moved. */
function accountPromises({ account, payments, credits }: Books): string[] {
  const open = payments
    .filter(({ status, unapplied }) => /^(Succeeded|PartiallyRefunded)$/.test(status) && unapplied)
    .map(({ id, unapplied }) => `${id} ${unapplied}`);
  const listed = account.openMoney.map(({ payment, unapplied }) => `${payment} ${unapplied}`);
  const usable = credits
    .filter(({ status, balance }) => /^(Issued|PartiallyApplied)$/.test(status) && balance > 0)
    .map(({ id, balance }) => `${id} ${balance}`);
  const listedCredits = account.openCredits.map(({ credit, balance }) => `${credit} ${balance}`);
  return [
    open.sort().join() === listed.sort().join() ? "" : `open money ${listed} instead of ${open}`,
    usable.sort().join() === listedCredits.sort().join() ? "" : "open credits differ",
  ].filter(Boolean);
}
