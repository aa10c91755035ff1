import type { Credit } from "../../domain/billing/credit.ts";
import type { Invoice } from "../../domain/billing/invoice.ts";
import { type Payment, paymentNumber } from "../../domain/payments/payment.ts";

/** The money that a document names, by id. */
export interface Sources {
  readonly payments: ReadonlyMap<string, Payment>;
  readonly credits: ReadonlyMap<string, Credit>;
}

export interface FromRetainer {
  readonly id: string;
  readonly number: string;
  readonly date: string;
  amount: number;
}

export interface FromPayment {
  readonly id: string;
  readonly number: string;
  readonly how: Pick<Payment, "method" | "reference" | "stripe">;
  readonly at: string;
  amount: number;
}

export interface FromCredit {
  readonly id: string;
  readonly number: string;
  readonly date: string;
  amount: number;
}

export interface PaidFrom {
  readonly retainers: readonly FromRetainer[];
  readonly payments: readonly FromPayment[];
  readonly credits: readonly FromCredit[];
}

/** What paid a document, each retainer, payment and credit once. The sums add up to its `paid`. */
export function paidFrom(invoice: Invoice, sources: Sources): PaidFrom {
  if (invoice.isRetainer) {
    return { retainers: [], payments: fundedBy(invoice, sources), credits: [] };
  }
  const retainers = new Map<string, FromRetainer>();
  const payments = new Map<string, FromPayment>();
  const credits = new Map<string, FromCredit>();
  for (const { payment, credit, retainer, amount } of invoice.applications) {
    const line =
      (retainer && known(retainers, retainer.id, () => ({ ...retainer, amount: 0 }))) ??
      (payment && known(payments, payment, () => paymentOf(payment, invoice, sources))) ??
      (credit && known(credits, credit, () => creditOf(credit, invoice, sources)));
    if (line) line.amount += amount;
  }
  return {
    retainers: [...retainers.values()],
    payments: [...payments.values()],
    credits: [...credits.values()],
  };
}

function known<T>(lines: Map<string, T>, id: string, make: () => T): T {
  const line = lines.get(id) ?? make();
  lines.set(id, line);
  return line;
}

const otherMeans = { method: "Other", reference: null, stripe: null };

function paymentOf(id: string, invoice: Invoice, { payments }: Sources): FromPayment {
  const payment = payments.get(id);
  const at = payment?.receivedAt ?? invoice.updatedAt;
  return { id, number: paymentNumber({ id }), how: payment ?? otherMeans, at, amount: 0 };
}

function creditOf(id: string, invoice: Invoice, { credits }: Sources): FromCredit {
  const credit = credits.get(id);
  return { id, number: credit?.number ?? "", date: credit?.date ?? invoice.date, amount: 0 };
}

const isReceived = ({ status }: Payment): boolean =>
  !["Pending", "Failed", "Void"].includes(status);

/**
 * A retainer's payments are found over an index, which lags; the head does not. What the index does
 * not show yet stands as one line, so that the paper adds up at every moment.
 */
function fundedBy(retainer: Invoice, sources: Sources): FromPayment[] {
  const own = [...sources.payments.values()]
    .filter((payment) => payment.retainer === retainer.id && isReceived(payment))
    .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  const lines = own.map((payment) => ({
    ...paymentOf(payment.id, retainer, sources),
    amount: payment.amount,
  }));
  const seen = lines.reduce((sum, { amount }) => sum + amount, 0);
  if (seen === retainer.paid) return lines;
  const whole = { ...paymentOf("", retainer, sources), number: "", amount: retainer.paid };
  return retainer.paid > 0 ? [whole] : [];
}
