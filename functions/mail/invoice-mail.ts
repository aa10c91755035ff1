import type { Agency } from "../../domain/agencies/agency.ts";
import { balanceOf, type Invoice } from "../../domain/billing/invoice.ts";
import { formatDay, formatMoney } from "../kit/format.ts";
import type { MailContent } from "./mail.ts";

interface Own {
  readonly subject: string | null;
  readonly body: string | null;
}

/** Says what is left to pay, and what the retainer already paid. */
export function invoiceMail(agency: Agency, invoice: Invoice, own: Own): MailContent {
  const { locale, payment } = agency.settings;
  const money = (amount: number) => formatMoney(amount, invoice.currency, locale);
  const day = formatDay(invoice.dueDate, locale);
  const word = invoice.isRetainer ? "Retainer" : "Invoice";
  const left = balanceOf(invoice);
  const asks = left > 0 ? `${money(left)} due ${day}` : "paid";
  const drawn = invoice.applications.map(({ amount, retainer, credit }): [string, string] => {
    const from = retainer ? `Paid from your retainer ${retainer.number}` : "Paid from your account";
    return [credit ? "Credit" : from, money(amount)];
  });
  const received = invoice.paid - invoice.applications.reduce((sum, one) => sum + one.amount, 0);
  const opening = invoice.isRetainer
    ? `Here is retainer ${invoice.number}: a request for payment in advance.`
    : `Here is invoice ${invoice.number}.`;
  return {
    subject: own.subject ?? `${word} ${invoice.number} from ${agency.name}: ${asks}`,
    opening: own.body ?? opening,
    rows: [
      [word, invoice.number ?? ""],
      ["Date", formatDay(invoice.date, locale)],
      ["Total", money(invoice.total)],
      ...drawn,
      ...(received > 0 ? [["Received", money(received)] as const] : []),
      [left > 0 ? `To pay by ${day}` : "To pay", money(left)],
    ],
    closing: left > 0 && payment.instructions ? [payment.instructions] : [],
  };
}
