import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { movementsOf, numberIn } from "../../../../domain/portal/movements.ts";
import {
  appendRecord,
  emptyJournal,
  type JournalRecord,
  type LedgerAccount,
  type Posting,
} from "../../../../domain/shared/journal.ts";
import { aCustomerId, anId, now } from "../../../support/builders.ts";

type Line = readonly [
  account: LedgerAccount,
  amount: number,
  subject: string,
  currency?: "USD" | "EUR",
];

const lots = { outstanding: 1e9, unapplied: 1e9, credit: 1e9 };

function aRecord(lines: readonly Line[], type = "invoice.issued"): JournalRecord {
  const postings = lines.map(
    ([account, amount, subject, currency = "USD"]): Posting => ({
      account,
      amount,
      subject,
      currency,
    }),
  );
  const entry = { type, subject: "inv_1", memo: "", postings };
  const context = { id: anId("journal"), customer: aCustomerId, actor: {}, now };
  return appendRecord(emptyJournal, { USD: lots, EUR: lots }, entry, context).record;
}

/** Type, subject, amount and what it does to the three balances. */
const shown = (record: JournalRecord, currency: "USD" | "EUR" = "USD") =>
  movementsOf(record, currency).map((one) => [
    ...[one.type, one.subject, one.source, one.amount],
    ...[one.outstanding, one.unapplied, one.credit],
  ]);

describe("a record's movements", () => {
  test("of an invoice that drew: the invoice first, then its application", () => {
    const issued = aRecord([
      ["receivable", 120, "inv_1"],
      ["revenue", -100, "inv_1"],
      ["tax", -20, "inv_1"],
      ["unapplied", 70, "pay_1"],
      ["receivable", -70, "inv_1"],
    ]);
    expect(shown(issued)).toEqual([
      ["invoice.issued", "inv_1", null, 120, 120, 0, 0],
      ["payment.applied", "inv_1", "pay_1", -70, -70, -70, 0],
    ]);
  });

  test("of an invoice that was canceled: the undoing first", () => {
    const canceled = aRecord(
      [
        ["receivable", -120, "inv_1"],
        ["revenue", 120, "inv_1"],
        ["receivable", 70, "inv_1"],
        ["unapplied", -70, "pay_1"],
      ],
      "invoice.canceled",
    );
    expect(shown(canceled)).toEqual([
      ["payment.unapplied", "inv_1", "pay_1", 70, 70, 70, 0],
      ["invoice.canceled", "inv_1", null, -120, -120, 0, 0],
    ]);
  });

  test("of money that came and of a credit that was used", () => {
    const money = aRecord(
      [
        ["cash", 50, "pay_1"],
        ["unapplied", -50, "pay_1"],
      ],
      "payment.received",
    );
    expect(shown(money)).toEqual([["payment.received", "pay_1", null, 50, 0, 50, 0]]);
    const used = aRecord([
      ["credits", 30, "crd_1"],
      ["receivable", -30, "inv_1"],
    ]);
    expect(shown(used)).toEqual([["credit.applied", "inv_1", "crd_1", -30, -30, 0, -30]]);
  });

  test("of another currency are none of this one", () => {
    const both = aRecord([
      ["cash", 50, "pay_1", "EUR"],
      ["unapplied", -50, "pay_1", "EUR"],
    ]);
    expect(shown(both)).toEqual([]);
    expect(shown(both, "EUR")).toHaveLength(1);
  });

  test("add up to what the record does to the balances, whatever it holds", () => {
    const amount = fc.integer({ min: 1, max: 1_000_000 });
    const part = fc.oneof(
      amount.map((a): Line[] => [
        ["receivable", a, "inv_1"],
        ["revenue", -a, "inv_1"],
      ]),
      amount.map((a): Line[] => [
        ["unapplied", a, "pay_1"],
        ["receivable", -a, "inv_1"],
      ]),
      amount.map((a): Line[] => [
        ["receivable", a, "inv_2"],
        ["unapplied", -a, "pay_1"],
      ]),
      amount.map((a): Line[] => [
        ["credits", a, "crd_1"],
        ["receivable", -a, "inv_2"],
      ]),
      amount.map((a): Line[] => [
        ["cash", a, "pay_2"],
        ["unapplied", -a, "pay_2"],
      ]),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const record = aRecord(parts.flat());
        const sums = { outstanding: 0, unapplied: 0, credit: 0 };
        for (const one of movementsOf(record, "USD")) {
          sums.outstanding += one.outstanding;
          sums.unapplied += one.unapplied;
          sums.credit += one.credit;
        }
        const { USD = lots } = record.balances;
        expect(sums).toEqual({
          outstanding: USD.outstanding - lots.outstanding,
          unapplied: USD.unapplied - lots.unapplied,
          credit: USD.credit - lots.credit,
        });
      }),
    );
  });
});

test("payments are named after their ids, documents by their numbers", () => {
  const payment = anId("payment");
  expect(numberIn(new Map(), payment)).toBe(`PAY-${payment.slice(-8)}`);
  const invoice = anId("invoice");
  expect(numberIn(new Map([[invoice, "INV-0001"]]), invoice)).toBe("INV-0001");
  expect(numberIn(new Map(), invoice)).toBeNull();
});
