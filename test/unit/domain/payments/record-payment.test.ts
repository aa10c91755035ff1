import { describe, expect, test } from "vitest";
import type { Invoice } from "../../../../domain/billing/invoice.ts";
import type { Books } from "../../../../domain/payments/ledger.ts";
import { type RecordPayment, recordPayment } from "../../../../domain/payments/record-payment.ts";
import { aContext, after, anInvoice, emptyBooks, money } from "../../../support/builders.ts";

const { amount: _amount, for: _for, ...payment } = money({ method: "Cash" });
const keepAll = { autoApply: "off", useCredits: "off" } as const;

function recorded(
  invoice: Invoice,
  over: Partial<RecordPayment> = {},
  books: Books = { ...emptyBooks(), invoices: [invoice] },
) {
  const command = { invoice: invoice.id, issue: null, amount: null, payment, ...over };
  return recordPayment(books, command, aContext());
}

function done(...asked: Parameters<typeof recorded>): Books {
  const [invoice, , books = { ...emptyBooks(), invoices: [invoice] }] = asked;
  const decided = recorded(...asked);
  if (!decided.ok) throw new Error(decided.detail);
  return after(books, decided.changes);
}

const owed = anInvoice({ status: "Unpaid", number: "INV-1", issuedAt: "2026-11-20" });
const books = {
  ...emptyBooks(),
  account: {
    ...emptyBooks().account,
    balances: { USD: { outstanding: 10_000, unapplied: 0, credit: 0 } },
  },
  invoices: [owed],
};

describe("money received by hand", () => {
  test("is all that the document asks for where nobody says how much", () => {
    const { invoices, payments } = done(owed, {}, books);
    expect(invoices).toMatchObject([{ status: "Paid", paid: 10_000 }]);
    expect(payments).toMatchObject([{ amount: 10_000, applied: 10_000, unapplied: 0 }]);
  });

  test("may be a part of it; what is too much waits", () => {
    expect(done(owed, { amount: 4_000 }, books).invoices).toMatchObject([
      { status: "Partial", paid: 4_000 },
    ]);
    const { payments, account } = done(owed, { amount: 12_000 }, books);
    expect(payments).toMatchObject([{ amount: 12_000, applied: 10_000, unapplied: 2_000 }]);
    expect(account.balances.USD).toMatchObject({ outstanding: 0, unapplied: 2_000 });
  });

  test("for a retainer waits, all of it", () => {
    const retainer = anInvoice({ isRetainer: true, status: "Unpaid", number: "RET-1" });
    const { payments, invoices } = done(retainer);
    expect(payments).toMatchObject([{ unapplied: 10_000, retainer: retainer.id }]);
    expect(invoices).toMatchObject([{ status: "Paid", drawdown: { funded: 10_000 } }]);
  });

  test("makes a draft a demand, and pays it", () => {
    const draft = anInvoice();
    const issue = { invoice: draft, number: "INV-9", policy: keepAll, sent: false };
    const { invoices, account } = done(draft, { issue });
    expect(invoices).toMatchObject([{ number: "INV-9", status: "Paid" }]);
    expect(account.balances.USD).toMatchObject({ outstanding: 0, unapplied: 0 });
  });

  test("of nothing, for a draft over nothing, only issues it", () => {
    const draft = anInvoice({ total: 0 });
    const issue = { invoice: draft, number: "INV-9", policy: keepAll, sent: false };
    const { payments, invoices } = done(draft, { issue });
    expect(payments).toEqual([]);
    expect(invoices).toMatchObject([{ number: "INV-9", status: "Paid" }]);
  });

  test.each([
    ["a canceled document", { ...owed, status: "Canceled" as const }],
    ["one whose money is on its way", { ...owed, status: "Pending" as const }],
    ["one that is paid", { ...owed, status: "Paid" as const, paid: 10_000 }],
  ])("is refused for %s", (_what, invoice) => {
    expect(recorded(invoice)).toMatchObject({ ok: false, code: "invoice.not-open" });
  });

  test("of a sum that is named is taken for a paid document, too: it waits", () => {
    const paid = { ...owed, status: "Paid" as const, paid: 10_000 };
    const { payments } = done(paid, { amount: 500 });
    expect(payments).toMatchObject([{ amount: 500, unapplied: 500 }]);
  });
});
