import { spawnSync } from "node:child_process";
import { startDatabase } from "../local/database.ts";
import { createTable, databaseClient, documentClient } from "../local/table.ts";
import { anId } from "../test/support/builders.ts";
import { aLongJournal } from "../test/support/long-journal.ts";

const customers = 50;
const recordsEach = 2_000;
const table = "export";
const heapMib = 64;

export interface Exported {
  readonly records: number;
  readonly megabytes: number;
  readonly seconds: number;
  /** The most memory that the process ever held, Node and the AWS SDK included. */
  readonly peakMegabytes: number;
}

/** The export of a hundred thousand records, by a process that does nothing else. */
export async function measureExport(): Promise<Exported> {
  const database = await startDatabase();
  try {
    const client = databaseClient(database.endpoint);
    await createTable(client, table);
    const tenant = { agency: anId("agency"), table, db: documentClient(client) };
    for (let n = 0; n < customers; n += 1) {
      await aLongJournal(tenant, { records: recordsEach, name: `Customer ${n}` });
    }
    const child = new URL("./export-once.ts", import.meta.url).pathname;
    // Without a bound Node lets garbage lie while the machine has memory: that isn't what it needs.
    const args = [
      ...[`--max-old-space-size=${heapMib}`, "--max-semi-space-size=2"],
      child,
      database.endpoint,
      table,
      tenant.agency,
    ];
    const ran = spawnSync(process.execPath, args, { encoding: "utf8" });
    if (ran.status !== 0) throw new Error(ran.stderr);
    return JSON.parse(ran.stdout) as Exported;
  } finally {
    await database.stop();
  }
}
