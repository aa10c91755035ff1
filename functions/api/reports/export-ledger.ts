import type * as z from "zod";
import { csvWriter } from "../../../domain/accounting/ledger-csv.ts";
import type { LedgerWriter } from "../../../domain/accounting/ledger-format.ts";
import { journalWriter } from "../../../domain/accounting/ledger-journal.ts";
import { addDays, dayIn, instantAt } from "../../../domain/shared/calendar.ts";
import { type CursorScope, readCursor, writeCursor } from "../../kit/cursor.ts";
import { type Call, operation } from "../../kit/operation.ts";
import {
  type LedgerPlace,
  type LedgerRange,
  type LedgerStep,
  ledgerEntries,
  ledgerStart,
} from "./ledger-entries.ts";
import { reportsRoutes } from "./routes.ts";
import type { ledgerQuery } from "./schemas.ts";

/** Lambda answers with 6 MB at most, and escapes line ends and quotes on the way. */
export const pageLimits = { bytes: 4_000_000, steps: 50_000, customers: 2_000 };

/**
 * The journals as a file for an accountant's tool. More than an answer can hold goes on behind the link with
 * rel="next"; the pages put one after the other are the whole file.
 */
export const exportLedger = operation(reportsRoutes.exportLedger, async (call) => {
  const query = call.query();
  const { format = "journal", after } = query;
  const { settings } = await call.agency();
  const range = rangeOf(query, { now: call.now, zone: settings.timeZone });
  const scope = { tenant: call.tenant, list: `ledger ${range.since} ${range.until} ${format}` };
  const start = after === undefined ? ledgerStart : placeOf(scope, after);
  const writer = writers[format](after === undefined);
  const page = await takePage(ledgerEntries(call.tenant, range, start), writer);
  const next = page.next && writeCursor(scope, [page.next.owner, page.next.seq]);
  return {
    status: 200,
    headers: {
      "content-type": types[format],
      "content-disposition": `attachment; filename="${nameOf(query)}"`,
      ...(next ? { link: linkTo(call, query, next) } : {}),
    },
    body: page.text,
  };
});

type LedgerQuery = z.output<typeof ledgerQuery>;
type Format = NonNullable<LedgerQuery["format"]>;

const writers: Readonly<Record<Format, (isFirst: boolean) => LedgerWriter>> = {
  journal: () => journalWriter(),
  csv: (isFirst) => csvWriter({ isFirst }),
};
const types: Readonly<Record<Format, string>> = {
  journal: "text/plain; charset=utf-8",
  csv: "text/csv; charset=utf-8",
};

/** Days are the agency's own, both of them included. */
function rangeOf(
  { from, to }: LedgerQuery,
  { now, zone }: { readonly now: string; readonly zone: string },
): LedgerRange {
  return {
    since: from === undefined ? "" : instantAt(from, 0, zone),
    until: instantAt(addDays(to ?? dayIn(now, zone), 1), 0, zone),
    zone,
  };
}

function placeOf(scope: CursorScope, after: string): LedgerPlace {
  const [owner, seq] = readCursor(scope, after);
  return { owner: String(owner), seq: Number(seq) };
}

interface Page {
  readonly text: string;
  readonly next: LedgerPlace | undefined;
}

/** A page ends before the entry that would be too much, or where too much was read for too little. */
export async function takePage(
  steps: AsyncIterable<LedgerStep>,
  writer: LedgerWriter,
  limits: typeof pageLimits = pageLimits,
): Promise<Page> {
  const parts = [writer.head()];
  let bytes = Buffer.byteLength(parts[0] ?? "");
  let last: LedgerPlace | undefined;
  const seen = { steps: 0, customers: 0 };
  for await (const { place, entry } of steps) {
    const text = entry ? writer.entry(entry) : "";
    bytes += Buffer.byteLength(text);
    const isFull = bytes > limits.bytes || seen.steps >= limits.steps;
    if (last && (isFull || seen.customers >= limits.customers)) {
      return { text: parts.join(""), next: last };
    }
    parts.push(text);
    last = place;
    seen.steps += 1;
    if (!entry) seen.customers += 1;
  }
  return { text: parts.join(""), next: undefined };
}

function linkTo(call: Pick<Call, "deps">, query: LedgerQuery, after: string): string {
  const { from, to, format } = query;
  const parameters = Object.entries({ from, to, format, after }).filter(([, value]) => value);
  const search = new URLSearchParams(parameters as [string, string][]);
  return `<${call.deps.config.publicUrl}/v1/ledger/export?${search}>; rel="next"`;
}

const nameOf = ({ from, to, format = "journal" }: LedgerQuery): string =>
  `${["ledger", from, to].filter(Boolean).join("-")}.${format}`;
