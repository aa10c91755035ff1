import { parseArgs } from "node:util";
import * as z from "zod";
import type { Difference } from "../domain/accounting/difference.ts";
import { findAgency } from "../domain/agencies/agency.store.ts";
import { idOf } from "../domain/shared/schema.ts";
import { type Verified, verifyBooks } from "../functions/jobs/verify-books.ts";
import { StartFailure } from "../local/failure.ts";
import { openFolderDatabase } from "../local/folder-database.ts";
import { optionsFrom } from "../local/options.ts";
import { databaseClient, documentClient } from "../local/table.ts";

const usage = `Recomputes an agency's books from its journals and holds all that is stored against them.

  npm run verify -- --agency <id> [--table <table>]

Without a table it looks into the local data (DATA_DIR, else .local), whether the system runs or not. With one
it needs DYNAMODB_ENDPOINT: https://dynamodb.<region>.amazonaws.com, with AWS credentials and the region from
the environment, or an emulator. It only reads. It ends with 1 at the first difference, with 2 when it could
not look.`;

const options = z.strictObject({ agency: idOf("agency"), table: z.string().optional() });

async function openDatabase(table: string | undefined) {
  const { folder, endpoint } = optionsFrom(process.env);
  if (table === undefined) return openFolderDatabase(folder, endpoint);
  if (endpoint === undefined) throw new StartFailure(`DYNAMODB_ENDPOINT is needed\n\n${usage}`);
  return { endpoint, table, close: async () => undefined };
}

async function verified(): Promise<Verified & { readonly agency: string }> {
  const { values } = parseArgs({
    options: { agency: { type: "string" }, table: { type: "string" } },
  });
  const given = options.safeParse(values);
  if (!given.success) throw new StartFailure(`--agency must be an agency's id\n\n${usage}`);
  const { agency } = given.data;
  const { endpoint, table, close } = await openDatabase(given.data.table);
  try {
    const tenant = { agency, table, db: documentClient(databaseClient(endpoint)) };
    if (!(await findAgency(tenant))) throw new StartFailure(`There is no agency ${agency}.`);
    return { ...(await verifyBooks(tenant)), agency };
  } finally {
    await close();
  }
}

const told = (agency: string, difference: Difference): string =>
  [
    `The books of ${agency} are not right. The first difference:`,
    ...Object.entries(difference).map(
      ([name, value]) =>
        `  ${name.padEnd("customer".length)}  ${typeof value === "string" ? value : JSON.stringify(value)}`,
    ),
  ].join("\n");

try {
  const { agency, difference, customers, records, documents } = await verified();
  if (difference) {
    console.error(told(agency, difference));
    process.exitCode = 1;
  } else {
    console.log(
      `The books of ${agency} are right: ${customers} customers, ${records} journal records, ${documents} documents and payments.`,
    );
  }
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const { name, message } = error;
  console.error(error instanceof StartFailure ? message : `${name}: ${message}`);
  process.exitCode = 2;
}
