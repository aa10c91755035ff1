import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvWriter } from "../../../../domain/accounting/ledger-csv.ts";
import type { LedgerEntry } from "../../../../domain/accounting/ledger-format.ts";
import { journalWriter } from "../../../../domain/accounting/ledger-journal.ts";
import type { Posting } from "../../../../domain/shared/journal.ts";
import { anId } from "../../../support/builders.ts";
import { readCsv, readPlainTextLedger } from "../../../support/plain-text-ledger.ts";

function anEntry(over: Partial<LedgerEntry["record"]> = {}, name = "Acme"): LedgerEntry {
  const subject = anId("payment");
  return {
    record: {
      ...{ id: anId("journal"), seq: 1, at: "2027-03-01T09:00:00.000Z", subject },
      ...{ type: "payment.received", memo: "PAY-1", postings: pair("USD", 5) },
      ...over,
    },
    day: "2027-03-01",
    customer: { id: anId("customer"), name },
  };
}

const pair = (currency: Posting["currency"], amount: number): Posting[] => {
  const subject = anId("payment");
  return [
    { account: "cash", amount, currency, subject },
    { account: "unapplied", amount: -amount, currency, subject },
  ];
};

const write = (entries: readonly LedgerEntry[]): string => {
  const writer = journalWriter();
  return writer.head() + entries.map(writer.entry).join("");
};

describe("plain-text double entry", () => {
  test("looks like this", () => {
    const entry = anEntry({ postings: pair("KWD", 1_234_567) });
    const { record, customer } = entry;
    const [cash, unapplied] = record.postings.map(({ subject }) => subject);
    expect(journalWriter().entry(entry).split("\n")).toEqual([
      "commodity 1.000 KWD",
      "",
      `2027-03-01 * (${record.id}) Acme | payment.received: PAY-1`,
      `    ; customer:${customer.id}, seq:1, subject:${record.subject}`,
      `    cash                    1234.567 KWD  ; subject:${cash}`,
      `    unapplied              -1234.567 KWD  ; subject:${unapplied}`,
      "",
      "",
    ]);
  });

  test("declares a currency once, before its first use, also without decimals", () => {
    const text = write([
      anEntry(),
      anEntry({ postings: [...pair("JPY", 7), ...pair("USD", 1)] }),
      anEntry({ postings: pair("JPY", 9) }),
    ]);
    expect(text.match(/^commodity .*$/gm)).toEqual(["commodity 1.00 USD", "commodity 1. JPY"]);
    const { balances } = readPlainTextLedger(text);
    expect(balances.get("cash USD")).toBe(6n);
    expect(balances.get("cash JPY")).toBe(16n);
  });

  test("leaves out what moved nothing", () => {
    expect(journalWriter().entry(anEntry({ postings: [] }))).toBe("");
  });

  test("is well-formed whatever a name or a memo holds", () => {
    const texts = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "; date:2027-01-01",
        "a  b",
        "(x) [2027-01-01]",
        "\u2028=1",
        "\u0085",
        "\r\n",
      ),
    );
    fc.assert(
      fc.property(texts, texts, (name, memo) => {
        const entry = anEntry({ memo }, `x${name}`);
        const { transactions } = readPlainTextLedger(write([entry, anEntry()]));
        expect(transactions.length).toBe(2);
        expect(transactions[0]).toMatchObject({ code: entry.record.id, day: "2027-03-01" });
      }),
    );
  });
});

describe("CSV", () => {
  test("has one side filled in each row, never a sign", () => {
    const entry = anEntry({ postings: pair("USD", 1_234) });
    const writer = csvWriter({ isFirst: true });
    const rows = readCsv(writer.head() + writer.entry(entry));
    expect(rows.map(({ account, debit, credit }) => [account, debit, credit])).toEqual([
      ["cash", "12.34", ""],
      ["unapplied", "", "12.34"],
    ]);
    expect(csvWriter({ isFirst: false }).head()).toBe("");
  });

  test.each(["=1+1", "+1", "-1", "@sum", "＝1", " =1", "\t=1", "\n=1", '=a"b,c'])(
    "keeps a spreadsheet from computing %j",
    (text) => {
      const writer = csvWriter({ isFirst: true });
      const [row] = readCsv(writer.head() + writer.entry(anEntry({ memo: text }, text)));
      expect(row?.memo).toBe(`'${text.trim()}`);
      expect(row?.customerName).toBe(`'${text.trim()}`);
    },
  );

  test("is well-formed whatever a name or a memo holds, and no cell is a formula", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), (name, memo) => {
        const writer = csvWriter({ isFirst: true });
        const rows = readCsv(writer.head() + writer.entry(anEntry({ memo }, name)));
        expect(rows.length).toBe(2);
        for (const cell of rows.flatMap((row) => Object.values(row))) {
          expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
        }
      }),
    );
  });
});
