import { expect, test } from "vitest";
import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import { awaitPayment, failPayment } from "../../../domain/payments/pending.ts";
import { commit } from "../../../functions/kit/commit.ts";
import { aContext, anId, money } from "../../support/builders.ts";
import { aShell } from "../../support/shell.ts";
import { aCustomer, lastMail, work } from "./reading.ts";

test("a debit that comes back is told to its payer, who was not charged", async () => {
  const shell = await aShell();
  const { tenant } = shell;
  const customer = await aCustomer(shell);
  const { body } = await shell.call("POST", "/v1/invoices", {
    ...work(700),
    ...{ customer, status: "Unpaid" },
  });
  const command = money({
    ...{ id: anId("payment"), customer: customer as `cus_${string}`, amount: 70_000 },
    ...{ method: "BankDebit", source: "checkout", for: [{ invoice: body.id }] },
  });
  const wanted = { customer: command.customer, invoices: [body.id], payments: [command.id] };
  const now = shell.clock.now();
  for (const step of [awaitPayment, failPayment]) {
    const books = await loadBooks(tenant, wanted);
    const decided = step(books, { ...command, failure: "insufficient_funds" }, aContext({ now }));
    if (!decided.ok) throw new Error(decided.detail);
    await commit(tenant, saveLedger(tenant, decided.changes));
  }
  await shell.deliver({ copies: 2, shuffled: true });
  expect(shell.mails).toHaveLength(1);
  const mail = await lastMail(shell);
  expect(mail.subject).toBe(
    "Failed payment for invoice INV-0001 from Studio North: $700.00 was not paid",
  );
  expect(mail.text).toContain("you were not charged");
  expect(mail.text).toContain("not enough money in the account");
  expect(mail.link).toContain("/d#token=");
});
