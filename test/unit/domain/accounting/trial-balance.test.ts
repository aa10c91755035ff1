import { expect, test } from "vitest";
import {
  addPostings,
  newTurnover,
  trialBalanceOf,
} from "../../../../domain/accounting/trial-balance.ts";
import { amountMax } from "../../../../domain/shared/money.ts";

const subject = "inv_1";

test("sums stay exact where a double would not", () => {
  const turnover = newTurnover();
  for (let n = 0; n < 20_001; n += 1) {
    const postings = [
      { account: "cash" as const, amount: amountMax, currency: "USD" as const, subject },
      { account: "unapplied" as const, amount: -amountMax, currency: "USD" as const, subject },
    ];
    addPostings(turnover, postings, "USD");
  }
  const { totals, rows } = trialBalanceOf(turnover);
  const exact = 20_001n * BigInt(amountMax);
  expect(BigInt(Number(exact))).not.toBe(exact);
  expect(totals).toEqual({ debit: exact, credit: exact, balance: 0n });
  expect(rows.find(({ account }) => account === "unapplied")).toEqual({
    ...{ account: "unapplied", debit: 0n, credit: exact, balance: -exact },
  });
});

test("another currency's postings are not counted, and every account has its row", () => {
  const turnover = newTurnover();
  addPostings(turnover, [{ account: "fees", amount: 5, currency: "EUR", subject }], "USD");
  const { rows } = trialBalanceOf(turnover);
  expect(rows.map(({ account }) => account)).toEqual([
    ...["receivable", "cash", "unapplied", "credits", "allowances", "revenue"],
    ...["tax", "disputed", "fees"],
  ]);
  expect(rows.every(({ debit, credit }) => debit === 0n && credit === 0n)).toBe(true);
});
