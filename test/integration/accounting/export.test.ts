import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { csvWriter } from "../../../domain/accounting/ledger-csv.ts";
import { journalWriter } from "../../../domain/accounting/ledger-journal.ts";
import { takePage } from "../../../functions/api/reports/export-ledger.ts";
import {
  type LedgerPlace,
  ledgerEntries,
  ledgerStart,
} from "../../../functions/api/reports/ledger-entries.ts";
import { aLongJournal } from "../../support/long-journal.ts";
import { readCsv, readPlainTextLedger } from "../../support/plain-text-ledger.ts";
import { type Answer, aShell, type Shell } from "../../support/shell.ts";

const oddName = "Łódź; |Acme\n2027-01-01 * (x) forged\n    cash  1.00 USD";

let shell: Shell;
let customer: string;
beforeAll(async () => {
  shell = await aShell({ timeZone: "America/New_York" });
  customer = (await shell.call("POST", "/v1/customers", { billTo: { company: oddName } })).body.id;
});

const issue = async (price: number, over: object = {}): Promise<string> => {
  const items = [{ name: "Work", quantity: 1, price }];
  const body = { customer, items, status: "Unpaid", ...over };
  const answer = await shell.call("POST", "/v1/invoices", body);
  expect(answer.status).toBe(201);
  return answer.body.id;
};

const exported = (query = "", headers = {}): Promise<Answer> =>
  shell.call("GET", `/v1/ledger/export${query}`, undefined, headers);

const hasHledger = spawnSync("hledger", ["--version"]).status === 0;
if (!hasHledger) console.info("hledger is not on the PATH: only our own reader checks the files");

/** Strict: all accounts and commodities declared; and each journal in the order of its days. */
function runHledger(text: string, ...command: readonly string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), "ledger-")), "books.journal");
  writeFileSync(file, text);
  const env = { ...process.env, LC_ALL: "C.UTF-8" };
  return execFileSync("hledger", ["-f", file, ...command], { env, encoding: "utf8" });
}

/** Money in currencies with 0, 2 and 3 decimals, a retainer, tax, a credit, an undone application. */
async function aLife(): Promise<void> {
  const retainer = await issue(5_000, { isRetainer: true });
  const paid = await shell.call("POST", `/v1/invoices/${retainer}/payments`, { method: "Cash" });
  const taxes = [{ name: "VAT", rate: 19 }];
  const work = await issue(1_200.5, { taxes, number: "=2;7|(x)" });
  await issue(900, { currency: "JPY" });
  await issue(1_234.567, { currency: "KWD" });
  const { body } = await shell.call("GET", `/v1/payments/${paid.body.id}`);
  await shell.call("POST", `/v1/payments/${paid.body.id}/unapply`, {
    applications: body.applications.map(({ id }: { id: string }) => id),
  });
  const credit = { customer, currency: "USD", amount: 50 };
  const made = await shell.call("POST", "/v1/credits", credit);
  await shell.call("POST", `/v1/credits/${made.body.id}/issue`);
  await shell.call("POST", `/v1/invoices/${work}/cancel`, { reason: "twice" });
}

describe("the books as plain-text double entry", () => {
  test("declare what they use, balance line by line, and forge nothing out of a name", async () => {
    await aLife();
    const answer = await exported("?format=journal");
    expect(answer.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(answer.headers["content-disposition"]).toBe('attachment; filename="ledger.journal"');
    expect(answer.headers.link).toBeUndefined();
    const { transactions, balances } = readPlainTextLedger(answer.body);
    const { body } = await shell.call("GET", `/v1/customers/${customer}/journal?limit=100`);
    const moved = body.docs.filter(({ postings }: { postings: unknown[] }) => postings.length > 0);
    expect(transactions.map(({ code }) => code)).toEqual(moved.map(({ id }: { id: string }) => id));
    for (const { payee } of transactions) {
      expect(payee).toBe("Łódź, /Acme 2027-01-01 * (x) forged cash 1.00 USD");
    }
    expect(transactions.map(({ note }) => note)).toContain("invoice.issued: =2,7/(x)");
    expect(balances.get("receivable JPY")).toBe(900n);
    expect(balances.get("receivable KWD")).toBe(1_234_567n);
    expect(balances.get("unapplied USD")).toBe(-500_000n);
  });

  test.skipIf(!hasHledger)("pass hledger's strict checks and have its balances", async () => {
    const { body } = await exported();
    expect(runHledger(body, "check", "--strict", "ordereddates")).toBe("");
    // Twice in one file: what pages put one after the other look like.
    expect(runHledger(`${body}${body}`, "check", "--strict")).toBe("");
    const balances = readPlainTextLedger(body).balances;
    for (const [name, units] of balances) {
      const [account = "", currency = ""] = name.split(" ");
      const told = runHledger(body, "bal", account, `cur:${currency}`, "-N", "-O", "csv");
      const figure = /"(-?[\d.]+) [A-Z]{3}"/.exec(told)?.[1] ?? "0";
      expect(BigInt(figure.replace(".", ""))).toBe(units);
    }
  });
});

describe("the books as CSV", () => {
  test("have a row for each posting, and nothing that a spreadsheet would compute", async () => {
    const answer = await exported("?format=csv");
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
    const rows = readCsv(answer.body);
    const { transactions } = readPlainTextLedger((await exported()).body);
    expect(rows.length).toBe(transactions.flatMap(({ postings }) => postings).length);
    expect(rows.map(({ memo }) => memo)).toContain("'=2;7|(x)");
    for (const cell of rows.flatMap((row) => Object.values(row))) {
      expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }
    for (const { debit, credit } of rows) expect(debit === "").toBe(credit !== "");
  });
});

describe("a range", () => {
  test("holds the agency's days, both included, from the midst of a journal", async () => {
    shell.clock.set("2027-04-01T03:30:00.000Z"); // still 31 March in New York
    await issue(1, { number: "MARCH" });
    shell.clock.set("2027-04-01T12:00:00.000Z");
    await issue(2, { number: "APRIL" });
    shell.clock.set("2027-04-03T12:00:00.000Z");
    await issue(3, { number: "LATER" });
    const notes = async (query: string) =>
      readPlainTextLedger((await exported(query)).body).transactions.map(({ note }) => note);
    const named = (name: string) => `invoice.issued: ${name}`;
    expect(await notes("?from=2027-03-31&to=2027-03-31")).toEqual([named("MARCH")]);
    expect(await notes("?from=2027-04-01&to=2027-04-02")).toEqual([named("APRIL")]);
    expect(await notes("?from=2027-04-01")).toEqual(["APRIL", "LATER"].map(named));
    expect((await notes("?to=2027-03-31")).at(-1)).toBe(named("MARCH"));
    expect(await notes("?from=2027-04-04")).toEqual([]);
    expect(await notes("?to=2020-01-01")).toEqual([]);
  });
});

/** Takes page after page until there is no next one. */
async function takeAll(writerOf: (isFirst: boolean) => ReturnType<typeof journalWriter>) {
  const range = { since: "", until: "2999", zone: "America/New_York" };
  const limits = { bytes: 1_500, steps: 3, customers: 1 };
  const pages: string[] = [];
  let start: LedgerPlace | undefined = ledgerStart;
  while (start) {
    const steps = ledgerEntries(shell.tenant, range, start);
    const { text, next }: Awaited<ReturnType<typeof takePage>> = await takePage(
      steps,
      writerOf(start === ledgerStart),
      limits,
    );
    expect(Buffer.byteLength(text)).toBeLessThan(4_000);
    pages.push(text);
    start = next;
  }
  return pages;
}

describe("pages", () => {
  test("put one after the other are the whole, each readable by itself", async () => {
    await shell.call("POST", "/v1/customers", { billTo: { company: "Nothing happened" } });
    const journal = await takeAll(() => journalWriter());
    expect(journal.length).toBeGreaterThan(3);
    for (const page of journal) readPlainTextLedger(page);
    const whole = readPlainTextLedger((await exported()).body);
    expect(readPlainTextLedger(journal.join(""))).toEqual(whole);
    const csv = await takeAll((isFirst) => csvWriter({ isFirst }));
    expect(csv.join("")).toBe((await exported("?format=csv")).body);
  });

  test("of more than an answer holds are found behind the link with rel=next", async () => {
    const big = await aShell();
    await aLongJournal(big.tenant, {
      records: 4_000,
      name: "客".repeat(200),
      note: "§".repeat(150),
    });
    const codes: string[] = [];
    const links: string[] = [];
    let path: string | undefined = "/v1/ledger/export?to=2027-12-31";
    while (path) {
      const answer: Answer = await big.call("GET", path);
      expect(answer.status).toBe(200);
      expect(Buffer.byteLength(JSON.stringify(answer.body))).toBeLessThan(6_000_000);
      codes.push(...readPlainTextLedger(answer.body).transactions.map(({ code }) => code));
      const link = /^<http:\/\/drawdown\.test(.+)>; rel="next"$/.exec(answer.headers.link ?? "");
      path = link?.[1];
      if (path) links.push(path);
    }
    expect(links.length).toBe(1);
    expect(codes.length).toBe(4_000);
    expect(new Set(codes).size).toBe(4_000);
    const next = links[0] ?? "";
    const refusal = { status: 400, body: { errors: [{ pointer: "#/after" }] } };
    expect(await big.call("GET", `${next}&format=csv`)).toMatchObject(refusal);
    const elsewhere = await big.anotherAgency();
    expect(await elsewhere.call("GET", next)).toMatchObject(refusal);
    expect(await exported("?after=forged")).toMatchObject(refusal);
  });
});

describe("an export", () => {
  test.each([
    ["a day that isn't", "from=2027-02-30", "#/from"],
    ["a day in another form", "to=1.2.2027", "#/to"],
    ["a range backwards", "from=2027-02-02&to=2027-02-01", "#/to"],
    ["a format of others", "format=xlsx", "#/format"],
    ["an unknown parameter", "customer=cus_1", "#/customer"],
  ])("refuses %s by its name", async (_name, query, pointer) => {
    expect(await exported(`?${query}`)).toMatchObject({
      status: 400,
      body: { code: "request.invalid", errors: [{ pointer }] },
    });
  });

  test("is for viewers, and holds nothing of another agency", async () => {
    const key = { name: "books", role: "viewer" };
    const viewer = (await shell.call("POST", "/v1/api-keys", key)).body.key;
    const answer = await exported("", { "api-key": viewer });
    expect(answer.status).toBe(200);
    const other = await shell.anotherAgency();
    const { body } = await other.call("GET", "/v1/ledger/export");
    expect(readPlainTextLedger(body).transactions).toEqual([]);
  });
});
