import { exponentOf } from "../shared/currencies.ts";
import { formatDecimalText } from "../shared/decimal.ts";
import type { LedgerEntry, LedgerWriter } from "./ledger-format.ts";
import { plainLine } from "./plain-line.ts";

const columns = [
  ...["date", "record", "customer", "customerName", "seq", "type", "memo"],
  ...["subject", "account", "debit", "credit", "currency"],
];

/** A row for each posting. Only the first of several pages has the head, so that they make one file. */
export function csvWriter({ isFirst }: { readonly isFirst: boolean }): LedgerWriter {
  return {
    head: () => (isFirst ? rowOf(columns) : ""),
    entry: (entry) => entry.record.postings.map((line) => postingRow(entry, line)).join(""),
  };
}

function postingRow(
  { record, day, customer }: LedgerEntry,
  { account, amount, currency, subject }: LedgerEntry["record"]["postings"][number],
): string {
  const decimal = formatDecimalText(Math.abs(amount), exponentOf(currency));
  return rowOf([
    ...[day, record.id, customer.id, cell(customer.name), String(record.seq), record.type],
    ...[cell(record.memo), subject, account],
    ...(amount > 0 ? [decimal, ""] : ["", decimal]),
    currency,
  ]);
}

/** A spreadsheet would compute what begins like this; the apostrophe makes it text. */
const formula = /^[=+\-@＝＋－＠]/u;

function cell(text: string): string {
  const line = plainLine(text);
  return formula.test(line) ? `'${line}` : line;
}

const rowOf = (cells: readonly string[]): string => `${cells.map(quoted).join(",")}\r\n`;

const quoted = (text: string): string =>
  /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
