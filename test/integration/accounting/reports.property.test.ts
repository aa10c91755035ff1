import fc from "fast-check";
import { expect, test } from "vitest";
import type { Currency } from "../../../domain/shared/currencies.ts";
import { exponentOf } from "../../../domain/shared/currencies.ts";
import {
  beginHistory,
  type History,
  type HistoryStep,
  historySteps,
  play,
} from "../../support/histories.ts";
import { readCsv, readPlainTextLedger } from "../../support/plain-text-ledger.ts";
import { aShell, type Shell } from "../../support/shell.ts";

const currencies = ["USD", "JPY", "KWD"] as const;

const report = async (shell: Shell, name: string, query: string) => {
  const answer = await shell.call("GET", `/v1/reports/${name}?${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

/** Whole minor units again, so that sums are exact. */
const minor = (amount: number, currency: Currency): number =>
  Math.round(amount * 10 ** exponentOf(currency));

async function balancesNow(shell: Shell, history: History, currency: Currency) {
  const sums = { outstanding: 0, unapplied: 0, credit: 0 };
  for (const customer of history.customers) {
    const { body } = await shell.call("GET", `/v1/customers/${customer}/balance`);
    for (const one of body.balances.filter(
      (own: { currency: string }) => own.currency === currency,
    ))
      for (const name of Object.keys(sums) as (keyof typeof sums)[])
        sums[name] += minor(one[name], currency);
  }
  return sums;
}

interface Doc {
  readonly [name: string]: number & string;
}
const column = (docs: readonly Doc[], name: string, currency: Currency): number =>
  docs.reduce((sum, doc) => sum + minor(doc[name] ?? 0, currency), 0);

async function requireAgreement(shell: Shell, history: History, currency: Currency) {
  const query = `currency=${currency}`;
  const now = await balancesNow(shell, history, currency);
  const [trial, aging, retainers, revenue] = await Promise.all(
    ["trial-balance", "aging", "retainers", "revenue"].map((name) => report(shell, name, query)),
  );
  const account = (name: string): number =>
    minor(trial.docs.find((doc: Doc) => doc.account === name).balance, currency);
  expect(column(trial.docs, "balance", currency)).toBe(0);
  expect(trial.totals.balance).toBe(0);
  expect(trial.totals.debit).toBe(trial.totals.credit);
  expect(account("receivable")).toBe(now.outstanding);
  expect(account("unapplied") + now.unapplied).toBe(0);
  expect(account("credits") + now.credit).toBe(0);
  expect(minor(aging.totals.outstanding, currency)).toBe(now.outstanding);
  expect(column(aging.docs, "outstanding", currency)).toBe(now.outstanding);
  const buckets = ["current", "days1to30", "days31to60", "days61to90", "over90"];
  const inBuckets = buckets.map((name) => column(aging.docs, name, currency));
  expect(inBuckets.reduce((sum, amount) => sum + amount, 0)).toBe(now.outstanding);
  expect(column(retainers.docs, "unapplied", currency)).toBe(now.unapplied);
  expect(minor(revenue.totals.revenue, currency) + account("revenue")).toBe(0);
  expect(minor(revenue.totals.allowances, currency)).toBe(account("allowances"));
  expect(minor(revenue.totals.tax, currency) + account("tax")).toBe(0);
  expect(column(revenue.docs, "net", currency)).toBe(minor(revenue.totals.net, currency));
  return trial;
}

/** The file and the trial balance are made from the same records by different code. */
async function requireSameBooks(shell: Shell, trials: ReadonlyMap<Currency, { docs: Doc[] }>) {
  const journal = await shell.call("GET", "/v1/ledger/export");
  const { balances } = readPlainTextLedger(journal.body);
  const rows = readCsv((await shell.call("GET", "/v1/ledger/export?format=csv")).body);
  for (const [currency, { docs }] of trials) {
    for (const doc of docs) {
      const written = Number(balances.get(`${doc.account} ${currency}`) ?? 0n);
      expect(written).toBe(minor(doc.balance ?? 0, currency));
      const own = rows.filter((row) => row.account === doc.account && row.currency === currency);
      for (const side of ["debit", "credit"]) {
        const total = own.reduce((sum, row) => sum + minor(Number(row[side]), currency), 0);
        expect(total).toBe(minor(doc[side] ?? 0, currency));
      }
    }
  }
}

async function live(steps: readonly HistoryStep[]): Promise<void> {
  const shell = await aShell({ timeZone: "America/New_York" });
  const history = await beginHistory(shell);
  const said = new Map<string, unknown>();
  for (const one of steps) {
    if (one.what === "day") {
      const day = shell.clock.now().slice(0, 10);
      said.set(day, await report(shell, "trial-balance", `asOf=${day}&currency=USD`));
    }
    await play(shell, history, one);
  }
  expect(history.accepted).toBeGreaterThan(0);
  const trials = new Map<Currency, { docs: Doc[] }>();
  for (const currency of currencies) {
    trials.set(currency, await requireAgreement(shell, history, currency));
  }
  await requireSameBooks(shell, trials);
  // What was told on a day is told of that day for ever.
  for (const [day, trial] of said) {
    expect(await report(shell, "trial-balance", `asOf=${day}&currency=USD`)).toEqual(trial);
  }
  expect(shell.errors).toEqual([]);
}

test("whatever happened, the reports agree with the accounts, with each other and with the files", async () => {
  await fc.assert(fc.asyncProperty(historySteps(25, 45), live), {
    numRuns: 3,
    endOnFailure: true,
  });
}, 120_000);
