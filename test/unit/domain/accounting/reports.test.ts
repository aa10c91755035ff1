import { describe, expect, test } from "vitest";
import { agingRow, agingTotals } from "../../../../domain/accounting/aging-report.ts";
import { type BySubject, moveSubjects } from "../../../../domain/accounting/by-subject.ts";
import { liabilitiesOf } from "../../../../domain/accounting/liabilities.ts";
import { addEarned, newEarned, revenueOf } from "../../../../domain/accounting/revenue.ts";
import type { LedgerAccount, Posting } from "../../../../domain/shared/journal.ts";

const acme = { customer: "cus_1", name: "Acme" };

const line = (account: LedgerAccount, amount: number, subject = "inv_1"): Posting => ({
  ...{ account, amount, subject },
  currency: "USD",
});

describe("what a document carries", () => {
  const receivable = { account: "receivable", currency: "USD" } as const;

  test("is its own account and currency only, and gone when it is even", () => {
    const carried: BySubject = new Map();
    moveSubjects(carried, [line("receivable", 100), line("revenue", -100)], receivable);
    moveSubjects(carried, [{ ...line("receivable", 7), currency: "EUR" }], receivable);
    moveSubjects(carried, [line("receivable", -40)], receivable);
    expect([...carried]).toEqual([["inv_1", 60]]);
    moveSubjects(carried, [line("receivable", -60)], receivable);
    expect(carried.size).toBe(0);
  });
});

describe("aging", () => {
  test("counts an invoice on its due day as not late, and puts each into one column", () => {
    const due = [
      "2027-03-31",
      "2027-03-30",
      "2027-03-01",
      "2027-02-28",
      "2027-01-30",
      "2026-12-30",
    ];
    const open = due.map((dueDate, index) => ({
      id: `inv_${index}`,
      dueDate,
      balance: 2 ** index,
    }));
    const row = agingRow(acme, open, "2027-03-31");
    expect(row).toEqual({
      ...{ ...acme, current: 1, days1to30: 2 + 4, days31to60: 8 + 16, days61to90: 0, over90: 32 },
      outstanding: 63,
    });
    expect(agingTotals([row, row])).toMatchObject({ current: 2n, over90: 64n, outstanding: 126n });
    expect(agingTotals([])).toMatchObject({ current: 0n, outstanding: 0n });
  });
});

describe("liabilities", () => {
  test("are one row a retainer, oldest first, and last what no retainer asked for", () => {
    const retainers: Record<string, { id: string; number: string; date: string }> = {
      pay_1: { id: "inv_2", number: "RET-0002", date: "2027-02-01" },
      pay_2: { id: "inv_1", number: "RET-0001", date: "2027-01-01" },
      pay_4: { id: "inv_2", number: "RET-0002", date: "2027-02-01" },
    };
    const carried = new Map([
      ["pay_1", -10],
      ["pay_2", -20],
      ["pay_3", -5],
      ["pay_4", -1],
    ]);
    const rows = liabilitiesOf(acme, { carried, retainerOf: (payment) => retainers[payment] });
    expect(rows).toMatchObject([
      { ...acme, retainer: "inv_1", unapplied: 20 },
      { ...acme, retainer: "inv_2", unapplied: 11 },
      { ...acme, retainer: null, number: null, date: null, unapplied: 5 },
    ]);
  });
});

describe("revenue", () => {
  test("a month in which more was taken back than earned is below zero", () => {
    const earned = newEarned();
    const usd = { currency: "USD" } as const;
    addEarned(earned, [line("revenue", -100), line("tax", -19)], { month: "2027-02", ...usd });
    addEarned(earned, [line("revenue", 100), line("tax", 19)], { month: "2027-01", ...usd });
    addEarned(earned, [line("allowances", 30)], { month: "2027-02", ...usd });
    addEarned(earned, [line("cash", 30)], { month: "2027-03", ...usd });
    addEarned(earned, [{ ...line("revenue", -1), currency: "EUR" }], { month: "2027-04", ...usd });
    expect(revenueOf(earned)).toEqual({
      rows: [
        { month: "2027-01", revenue: -100n, allowances: 0n, net: -100n, tax: -19n },
        { month: "2027-02", revenue: 100n, allowances: 30n, net: 70n, tax: 19n },
      ],
      totals: { revenue: 0n, allowances: 30n, net: -30n, tax: 0n },
    });
  });
});
