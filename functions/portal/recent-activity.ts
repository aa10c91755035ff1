import type { Invoice } from "../../domain/billing/invoice.ts";
import { movementsOf, numberIn } from "../../domain/portal/movements.ts";
import { kindOf } from "../../domain/shared/ids.ts";
import type { JournalRecord } from "../../domain/shared/journal.ts";
import { toMajor } from "../../domain/shared/money.ts";

const shownMax = 10;

/** What a customer would tell of the last days; bookkeeping between the lines is left out. */
const told = new Set([
  ...["invoice.issued", "invoice.canceled", "payment.received", "payment.pending"],
  ...["payment.failed", "payment.refunded", "payment.refund-failed", "credit.issued"],
]);

export function recentActivity(records: readonly JournalRecord[]) {
  const newest = records
    .filter(({ type }) => told.has(type))
    .slice(-shownMax)
    .reverse();
  return {
    subjects: newest.map(({ subject }) => subject),
    show: (known: ReadonlyMap<string, Invoice>) => newest.map((record) => rowOf(record, known)),
  };
}

function rowOf(record: JournalRecord, known: ReadonlyMap<string, Invoice>) {
  const { at, type, subject, memo } = record;
  const invoice = known.get(subject);
  const [line] = record.postings;
  const currency = line?.currency ?? invoice?.currency ?? null;
  const moved =
    line && movementsOf(record, line.currency).find((move) => move.subject === subject)?.amount;
  // A retainer's request moves nothing yet: it tells what it asks for.
  const amount = moved ?? invoice?.total ?? null;
  const isCredit = kindOf(subject) === "credit";
  return {
    ...{ at, type, subject, currency },
    number: isCredit ? memo : numberIn(new Map([[subject, invoice?.number ?? ""]]), subject),
    amount: amount === null || currency === null ? null : toMajor(Math.abs(amount), currency),
  };
}
