import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addLateFee, lateFeeOf } from "../../../../domain/payments/late-fee.ts";
import { amountMax } from "../../../../domain/shared/money.ts";
import { aContext, anInvoice, emptyBooks } from "../../../support/builders.ts";

const percent = (value: number) => ({ type: "percent", value, days: 7 }) as const;
const open = anInvoice({ status: "Partial", number: "INV-1", total: 10_000, paid: 4_000 });
const added = (invoice = open, fee = 150) =>
  addLateFee({ ...emptyBooks(), invoices: [invoice] }, { invoice, fee }, aContext());

describe("a late fee", () => {
  test.each([
    ["a fixed amount", { type: "amount", value: 500, days: 7 } as const, 500],
    ["a percentage of what is still owed", percent(25_000), 150],
    ["rounded half up", percent(8_400), 50],
    ["nothing of a few cents", percent(1), 0],
  ])("is %s", (_what, rule, fee) => {
    expect(lateFeeOf(open, rule)).toBe(fee);
  });

  test("is asked for by the invoice, owed in the books, and earned", () => {
    const decided = added();
    if (!decided.ok) throw new Error(decided.detail);
    const { invoices, records, account } = decided.changes;
    expect(invoices).toMatchObject([{ total: 10_150, extraTotal: 150, status: "Partial" }]);
    expect(records).toMatchObject([
      {
        ...{ type: "invoice.late-fee", memo: "INV-1", data: { fee: 1.5 } },
        postings: [
          { account: "receivable", amount: 150, subject: open.id },
          { account: "revenue", amount: -150, subject: open.id },
        ],
      },
    ]);
    expect(account.balances.USD).toMatchObject({ outstanding: 150 });
  });

  test.each([
    ["of a paid invoice", { ...open, status: "Paid" as const }, 150, "invoice.not-open"],
    [
      "of a retainer",
      anInvoice({ isRetainer: true, status: "Unpaid" }),
      ...([150, "invoice.not-open"] as const),
    ],
    ["of nothing", open, 0, "invoice.amount-out-of-range"],
    [
      "beyond every amount",
      { ...open, total: amountMax, subTotal: amountMax },
      ...([1, "invoice.amount-out-of-range"] as const),
    ],
  ])("%s is refused", (_what, invoice, fee, code) => {
    expect(added(invoice, fee)).toMatchObject({ ok: false, code });
  });

  test("is never more than the share it is of", () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1_000_000), (total, rate) => {
        const fee = lateFeeOf({ ...open, total, paid: 0 }, percent(rate));
        expect(Math.abs(fee - (total * rate) / 1_000_000)).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});
