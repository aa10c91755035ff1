import type { Settings } from "../agencies/agency.ts";
import { balanceOf, type Invoice, isOpen } from "../billing/invoice.ts";
import { amountMax, multiplyRatio, toMajor } from "../shared/money.ts";
import { refuse } from "../shared/refusals.ts";
import {
  type Books,
  closeLedger,
  type Decision,
  type LedgerContext,
  openLedger,
  putInvoice,
  record,
  transfer,
} from "./ledger.ts";

const wholePercent = 1_000_000n;

/** In minor units: a fixed amount, or a percentage of what is still owed, rounded half-up. */
export function lateFeeOf(invoice: Invoice, rule: NonNullable<Settings["lateFee"]>): number {
  if (rule.type === "amount") return rule.value;
  return multiplyRatio(balanceOf(invoice), BigInt(rule.value), wholePercent, "half-up");
}

/** A fee is part of what the invoice asks for, without tax: it is no turnover of goods. */
export function addLateFee(
  books: Books,
  { invoice, fee }: { readonly invoice: Invoice; readonly fee: number },
  context: LedgerContext,
): Decision {
  if (!isOpen(invoice) || invoice.isRetainer) {
    return refuse("invoice.not-open", `The invoice is ${invoice.status}.`);
  }
  if (fee <= 0 || invoice.total + fee > amountMax) {
    return refuse("invoice.amount-out-of-range", "The fee can't be asked for.");
  }
  const ledger = openLedger(books, context);
  const { id: subject, currency, extraTotal, total } = invoice;
  putInvoice(ledger, { ...invoice, extraTotal: extraTotal + fee, total: total + fee });
  record(ledger, {
    type: "invoice.late-fee",
    subject,
    memo: invoice.number ?? "",
    postings: transfer(fee, currency, [
      { account: "receivable", subject },
      { account: "revenue", subject },
    ]),
    data: { fee: toMajor(fee, currency) },
  });
  return closeLedger(ledger);
}
