import type { Invoice } from "../../domain/billing/invoice.ts";
import type { Account } from "../../domain/customers/account.ts";
import { type Application, type Payment, paymentNumber } from "../../domain/payments/payment.ts";
import type { ReceiptView } from "../pdf/view.ts";
import { capitalized, methodName } from "./method-name.ts";
import { type PaperSource, paperView } from "./paper-view.ts";

export interface ReceiptSource extends PaperSource {
  readonly payment: Payment;
  readonly applications: readonly Application[];
  readonly account: Account;
  /** The invoices and the retainer that the payment touches, by id. */
  readonly invoices: ReadonlyMap<string, Invoice>;
}

/** What came, what it paid, what is left of it: the figures of the receipt, as PDF and as mail. */
export function receiptView(source: ReceiptSource, locale: string | null = null): ReceiptView {
  const { payment, account, invoices } = source;
  const { currency } = payment;
  const paper = paperView(source, { currency, lang: locale, billTo: null });
  const retainer = payment.retainer ? invoices.get(payment.retainer)?.number : undefined;
  const waiting = account.balances[currency]?.unapplied ?? 0;
  return {
    ...paper,
    number: paymentNumber(payment),
    date: payment.receivedAt,
    method: capitalized(methodName(payment, paper.locale)),
    amount: payment.amount,
    ...(retainer ? { retainer: { number: retainer } } : {}),
    paid: paidInvoices(source),
    refunds: givenBack(payment),
    unapplied: payment.unapplied,
    ...(waiting > 0 || payment.retainer ? { retainerBalance: waiting } : {}),
  };
}

/** Each invoice once, in the order in which they were paid. */
function paidInvoices({ applications, invoices }: ReceiptSource): ReceiptView["paid"] {
  const amounts = new Map<string, number>();
  for (const { invoice, amount } of applications) {
    amounts.set(invoice, (amounts.get(invoice) ?? 0) + amount);
  }
  return [...amounts].map(([id, amount]) => {
    const invoice = invoices.get(id);
    if (!invoice) throw new Error(`a payment was applied to ${id}, which is not there`);
    return { number: invoice.number ?? "", date: invoice.date, amount };
  });
}

/** A lost dispute gave money back, too, without a refund of ours. */
function givenBack({ refunds, refunded, updatedAt }: Payment): ReceiptView["refunds"] {
  const own = refunds
    .filter(({ status }) => status !== "Failed")
    .map(({ at, amount }) => ({ date: at, amount }));
  const lost = refunded - own.reduce((sum, { amount }) => sum + amount, 0);
  return lost > 0 ? [...own, { date: updatedAt, amount: lost }] : own;
}
