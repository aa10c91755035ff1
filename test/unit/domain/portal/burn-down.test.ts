import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { burnDown, lastsUntil } from "../../../../domain/portal/burn-down.ts";
import { addDays } from "../../../../domain/shared/calendar.ts";
import {
  appendRecord,
  type Balances,
  emptyJournal,
  type JournalHead,
  type JournalRecord,
  noBalance,
  type Posting,
} from "../../../../domain/shared/journal.ts";
import { aCustomerId, anId } from "../../../support/builders.ts";

type Line = readonly [
  type: string,
  from: Posting["account"],
  to: Posting["account"],
  cents: number,
];

/** Records one after the other, each with the balances after it. */
function journalOf(lines: readonly Line[]): JournalRecord[] {
  let head: JournalHead = emptyJournal;
  let balances: Balances = { USD: { ...noBalance, outstanding: 1e6 } };
  return lines.map(([type, from, to, amount], index) => {
    const postings: Posting[] = [
      { account: to, amount, subject: to === "receivable" ? "inv_1" : "pay_1", currency: "USD" },
      { account: from, amount: -amount, subject: "inv_1", currency: "USD" },
    ];
    const context = {
      ...{ id: anId("journal"), customer: aCustomerId, actor: {} },
      now: `2027-03-0${index + 1}T00:00:00.000Z`,
    };
    const made = appendRecord(
      head,
      balances,
      { type, subject: "inv_1", memo: "", postings },
      context,
    );
    head = made.head;
    balances = made.record.balances;
    return made.record;
  });
}

const history: readonly Line[] = [
  ["payment.received", "unapplied", "cash", 500],
  ["invoice.issued", "revenue", "receivable", 900],
  ["payment.applied", "receivable", "unapplied", 200],
  ["payment.unapplied", "unapplied", "receivable", 50],
  ["payment.refunded", "cash", "unapplied", 100],
  ["payment.voided", "cash", "unapplied", 250],
];

describe("the money that waits", () => {
  test("goes up and down with what moves it, and with nothing else", () => {
    const points = burnDown(journalOf(history), "USD");
    expect(points.map(({ kind, amount, balance }) => [kind, amount, balance])).toEqual([
      ["payment", 500, 500],
      ["invoice", -200, 300],
      ["returned", 50, 350],
      ["refund", -100, 250],
      ["other", -250, 0],
    ]);
  });

  test("opens with what was there before the records that are shown", () => {
    const [opening, ...points] = burnDown(journalOf(history).slice(2), "USD");
    expect(opening).toEqual({
      ...{ at: "2027-03-03T00:00:00.000Z", balance: 500, kind: "opening" },
      ...{ subject: null, amount: 0 },
    });
    expect(points.map(({ balance }) => balance)).toEqual([300, 350, 250, 0]);
  });

  test("is nothing without records, and in a currency that none moved", () => {
    expect(burnDown([], "USD")).toEqual([]);
    expect(burnDown(journalOf(history), "EUR")).toEqual([]);
  });
});

describe("how long it lasts", () => {
  const today = "2027-03-31";
  const drew = (daysAgo: number, amount: number, kind: "invoice" | "payment" = "invoice") => ({
    ...{ kind, amount, day: addDays(today, -daysAgo) },
  });

  test("follows the pace of the last 90 days", () => {
    const points = [drew(91, -90_000), drew(30, 4_000, "payment"), drew(20, -200), drew(10, -100)];
    expect(lastsUntil({ points, remaining: 1_000, today })).toBe(addDays(today, 100));
  });

  test("counts what came back as not used", () => {
    const points = [drew(30, -400), { ...drew(10, 100), kind: "returned" as const }];
    expect(lastsUntil({ points, remaining: 300, today })).toBe(addDays(today, 30));
  });

  test.each([
    ["less than a week says nothing", [drew(6, -100)], 1_000],
    ["nothing was drawn", [drew(30, 400, "payment")], 1_000],
    ["nothing is left", [drew(30, -100)], 0],
    ["it would last for more than ten years", [drew(30, -1)], 1_000],
    ["nothing happened lately", [drew(91, -100)], 1_000],
    ["nothing happened at all", [], 1_000],
  ])("is not told when %s", (_why, points, remaining) => {
    expect(lastsUntil({ points, remaining, today })).toBeNull();
  });

  test("is told from a week on", () => {
    expect(lastsUntil({ points: [drew(7, -700)], remaining: 100, today })).toBe("2027-04-01");
  });

  test("is never later with less money left", () => {
    const amount = fc.integer({ min: 1, max: 1e12 });
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 7, max: 90 }), (a, b, daysAgo) => {
        const points = [drew(daysAgo, -1e10)];
        const [less, more] = [a, b]
          .toSorted((one, other) => one - other)
          .map((remaining) => lastsUntil({ points, remaining, today }));
        expect((less ?? "9999") <= (more ?? "9999")).toBe(true);
      }),
    );
  });
});
