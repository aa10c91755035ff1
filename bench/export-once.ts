import { performance } from "node:perf_hooks";
import { journalWriter } from "../domain/accounting/ledger-journal.ts";
import type { Id } from "../domain/shared/ids.ts";
import { ledgerEntries, ledgerStart } from "../functions/api/reports/ledger-entries.ts";
import { databaseClient, documentClient } from "../local/table.ts";

/** Writes one agency's whole ledger to nowhere and tells what it took. */
const [endpoint = "", table = "", agency = ""] = process.argv.slice(2);
const tenant = {
  agency: agency as Id<"agency">,
  table,
  db: documentClient(databaseClient(endpoint)),
};
const range = { since: "", until: "9999", zone: "Europe/Berlin" };
const writer = journalWriter();
const megabyte = 1_000_000;
let bytes = Buffer.byteLength(writer.head());
let records = 0;
for await (const { entry } of ledgerEntries(tenant, range, ledgerStart)) {
  if (!entry) continue;
  bytes += Buffer.byteLength(writer.entry(entry));
  records += 1;
}
const { maxRSS: peakKib } = process.resourceUsage();
console.log(
  JSON.stringify({
    records,
    megabytes: Math.round(bytes / megabyte),
    seconds: Math.round(performance.now() / 100) / 10,
    peakMegabytes: Math.round((peakKib * 1_024) / megabyte),
  }),
);
