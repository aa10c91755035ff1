import type { Agency } from "../../domain/agencies/agency.ts";
import type { Invoice } from "../../domain/billing/invoice.ts";
import type { Account } from "../../domain/customers/account.ts";
import { type Application, type Payment, paymentNumber } from "../../domain/payments/payment.ts";
import { formatInstantDay, formatMoney } from "../kit/format.ts";
import type { MailContent } from "./mail.ts";

export interface ReceiptFacts {
  readonly payment: Payment;
  readonly applications: readonly Application[];
  /** The invoices and the retainer that the payment touches. */
  readonly invoices: readonly Invoice[];
  readonly account: Account;
}

/** Also for money that waits: what it paid, and what is left to draw on. */
export function receiptMail(agency: Agency, facts: ReceiptFacts): MailContent {
  const { payment, applications, invoices, account } = facts;
  const { locale, timeZone } = agency.settings;
  const money = (amount: number) => formatMoney(amount, payment.currency, locale);
  const numberOf = (id: string) => invoices.find((one) => one.id === id)?.number ?? id;
  const waiting = account.balances[payment.currency]?.unapplied ?? 0;
  const number = paymentNumber(payment);
  return {
    subject: `Receipt ${number} from ${agency.name}: ${money(payment.amount)} received`,
    opening: `Thank you. We received ${money(payment.amount)}.`,
    rows: [
      ["Receipt", number],
      ["Date", formatInstantDay({ instant: payment.receivedAt, zone: timeZone }, locale)],
      ...(payment.retainer ? [["For retainer", numberOf(payment.retainer)] as const] : []),
      ...applications.map(
        ({ invoice, amount }) => [`Paid on ${numberOf(invoice)}`, money(amount)] as const,
      ),
      ...(payment.refunded > 0 ? [["Refunded", money(payment.refunded)] as const] : []),
      ["Left of this payment", money(payment.unapplied)],
      ["Left on your retainer", money(waiting)],
    ],
    closing: [],
  };
}
