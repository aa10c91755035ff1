import type { Credit } from "../billing/credit.ts";
import type { Posting } from "../shared/journal.ts";
import { refuse } from "../shared/refusals.ts";
import {
  type Books,
  closeLedger,
  type Decision,
  type LedgerContext,
  openLedger,
  putCredit,
  record,
  transfer,
} from "./ledger.ts";

/** The customer may use it from now on. Tax of credited items reduces the tax that the agency owes. */
export function issueCredit(
  books: Books,
  command: { readonly credit: Credit; readonly number: string },
  context: LedgerContext,
): Decision {
  const { credit } = command;
  if (credit.status !== "Draft") {
    return refuse("credit.not-draft", `The credit is ${credit.status}.`);
  }
  const ledger = openLedger(books, context);
  const issued = { ...credit, number: command.number, issuedAt: context.now };
  putCredit(ledger, { ...issued, status: "Issued", balance: credit.amount });
  ledger.account = { ...ledger.account, issuedCount: ledger.account.issuedCount + 1 };
  const { currency, id: subject } = credit;
  const postings: Posting[] = [
    { account: "allowances" as const, amount: credit.amount - credit.tax, currency, subject },
    { account: "tax" as const, amount: credit.tax, currency, subject },
    { account: "credits" as const, amount: -credit.amount, currency, subject },
  ].filter(({ amount }) => amount !== 0);
  record(ledger, { type: "credit.issued", subject, memo: command.number, postings });
  return closeLedger(ledger);
}

/** Takes back what is left of it; what was applied stays applied. */
export function voidCredit(
  books: Books,
  command: { readonly credit: Credit; readonly cause: "voided" | "expired" },
  context: LedgerContext,
): Decision {
  const { credit, cause } = command;
  if (credit.status === "Void" || credit.status === "Applied") {
    return refuse("credit.not-available", `The credit is ${credit.status}.`);
  }
  const ledger = openLedger(books, context);
  putCredit(ledger, { ...credit, status: "Void", balance: 0, voidedAt: context.now });
  const issued = credit.status !== "Draft";
  const postings = transfer(issued ? credit.balance : 0, credit.currency, [
    { account: "credits", subject: credit.id },
    { account: "allowances", subject: credit.id },
  ]);
  record(ledger, {
    type: `credit.${cause}`,
    subject: credit.id,
    memo: credit.number ?? "",
    postings,
  });
  return closeLedger(ledger);
}
