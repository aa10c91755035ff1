import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OpenCredit, OpenMoney } from "../../../../domain/customers/account.ts";
import {
  automaticSourcesMax,
  planApplication,
  policyFor,
} from "../../../../domain/payments/automatic.ts";
import { anAccount, anId, anInvoice, now, today } from "../../../support/builders.ts";

const money = (unapplied: number, over: Partial<OpenMoney> = {}): OpenMoney => ({
  ...{ payment: anId("payment"), currency: "USD", unapplied, receivedAt: now },
  ...{ retainer: null, scope: [] },
  ...over,
});
const credit = (balance: number, over: Partial<OpenCredit> = {}): OpenCredit => ({
  ...{ credit: anId("credit"), currency: "USD", balance, expiresOn: null },
  ...over,
});
const invoice = anInvoice({ status: "Unpaid", total: 1_000, tags: ["web"] });
const sumOf = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);
const plan = (
  openMoney: readonly OpenMoney[],
  openCredits: readonly OpenCredit[] = [],
  credits = true,
) =>
  planApplication(
    anAccount({ openMoney: [...openMoney], openCredits: [...openCredits] }),
    invoice,
    { today, credits },
  );

describe("what an invoice draws by itself", () => {
  test("is credits first, then money kept for its tags, then other money, no cent too much", () => {
    const [goodwill, other, kept] = [credit(100), money(10_000), money(300, { scope: ["web"] })];
    expect(plan([other, kept], [goodwill])).toEqual([
      { credit: goodwill.credit, invoice: invoice.id, amount: 100 },
      { payment: kept.payment, invoice: invoice.id, amount: 300 },
      { payment: other.payment, invoice: invoice.id, amount: 600 },
    ]);
  });

  test.each([
    ["money kept for another tag", [money(500, { scope: ["print"] })], []],
    ["money in another currency", [money(500, { currency: "EUR" })], []],
    ["a credit in another currency", [], [credit(500, { currency: "EUR" })]],
    ["a credit that has expired", [], [credit(500, { expiresOn: "2026-11-23" })]],
  ])("is never %s", (_what, openMoney, openCredits) => {
    expect(plan(openMoney, openCredits)).toEqual([]);
  });

  test("is a credit on its last day, too; none where credits are kept", () => {
    const last = [credit(500, { expiresOn: today })];
    expect(plan([], last)).toMatchObject([{ amount: 500 }]);
    expect(plan([], last, false)).toEqual([]);
  });

  test("comes from at most so many sources, oldest first", () => {
    const many = Array.from({ length: automaticSourcesMax + 5 }, () => money(1));
    expect(plan(many)).toHaveLength(automaticSourcesMax);
    expect(plan(many).map((line) => "payment" in line && line.payment)).toEqual(
      many.slice(0, automaticSourcesMax).map(({ payment }) => payment),
    );
  });

  test("is all that is there, and never more than is asked for or than a source holds", () => {
    const sums = fc.array(fc.integer({ min: 1, max: 2_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(sums, sums, (moneySums, creditSums) => {
        const lines = plan(
          moneySums.map((sum) => money(sum)),
          creditSums.map((sum) => credit(sum)),
        );
        const there = [...creditSums, ...moneySums];
        const drawn = lines.map(({ amount }) => amount ?? 0);
        expect(sumOf(drawn)).toBe(Math.min(1_000, sumOf(there)));
        for (const [at, amount] of drawn.entries()) {
          expect(amount).toBeGreaterThan(0);
          expect(amount).toBeLessThanOrEqual(there[at] ?? 0);
        }
      }),
    );
  });
});

test.each([
  ["off", "ask", "always", "off"],
  [null, "ask", "always", "ask"],
  [null, null, "always", "always"],
] as const)("the nearest word wins: %s, %s, %s", (own, customers, agencys, wins) => {
  const settings = { autoApply: agencys, useCredits: "always" } as const;
  expect(policyFor({ autoApply: own }, { autoApply: customers }, settings)).toEqual({
    ...{ autoApply: wins, useCredits: "always" },
  });
});
