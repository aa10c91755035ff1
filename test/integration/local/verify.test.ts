import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createAgency } from "../../../functions/kit/bootstrap.ts";
import { startDatabase } from "../../../local/database.ts";
import { noteEndpoint } from "../../../local/folder-database.ts";
import { isLocked, lockFolder } from "../../../local/lock.ts";
import { identityIn } from "../../../local/parts.ts";
import { createTable, databaseClient, documentClient } from "../../../local/table.ts";
import { aLongJournal } from "../../support/long-journal.ts";
import { aFolder, startedAt } from "./support.ts";

/** As `npm run verify` runs it. */
function verify(folder: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) {
  const { DYNAMODB_ENDPOINT: _endpoint, ...environment } = process.env;
  const env = { ...environment, DATA_DIR: folder, ...more };
  const ran = spawnSync(process.execPath, ["scripts/verify.ts", ...args], {
    env,
    encoding: "utf8",
  });
  return { status: ran.status, out: ran.stdout, told: ran.stderr };
}

/** A data folder as a running system holds it, with one agency in it. */
async function aHeldFolder() {
  const folder = aFolder();
  const unlock = lockFolder(folder);
  const { table } = identityIn(folder);
  const database = await startDatabase({ file: join(folder, "drawdown.db") });
  onTestFinished(() => database.stop());
  const forget = noteEndpoint(folder, database.endpoint);
  const client = databaseClient(database.endpoint);
  await createTable(client, table);
  const db = documentClient(client);
  const { agency } = await createAgency(
    { now: () => startedAt, random: (bytes) => randomBytes(bytes), platform: { table, db } },
    { name: "North", email: "hello@north.test", currency: "USD", timeZone: "UTC" },
  );
  const letGo = async (): Promise<void> => {
    forget();
    await database.stop();
    unlock();
  };
  const tenant = { agency: agency.id, table, db };
  return { folder, tenant, endpoint: database.endpoint, letGo };
}

test("verify looks into the database of a running system, and into that of a stopped one", async () => {
  const { folder, tenant, endpoint, letGo } = await aHeldFolder();
  const { agency, table } = tenant;
  const right = `The books of ${agency} are right: 0 customers, 0 journal records, 0 documents`;
  expect(verify(folder, ["--agency", agency])).toMatchObject({
    status: 0,
    out: expect.stringContaining(right),
  });
  const elsewhere = { DYNAMODB_ENDPOINT: endpoint };
  expect(verify("nowhere", ["--agency", agency, "--table", table], elsewhere).status).toBe(0);
  // Records of payments that nobody has: the journal is whole, what it names is not there.
  const customer = await aLongJournal(tenant, { records: 3, name: "Acme" });
  const broken = verify(folder, ["--agency", agency]);
  expect(broken.status).toBe(1);
  expect(broken.told).toMatch(/^The books of agy_\w+ are not right\. The first difference:$/m);
  expect(broken.told).toContain(`customer  ${customer}`);
  expect(broken.told).toMatch(/^ {2}record {4}pay_\w+$/m);
  expect(broken.told).toMatch(/^ {2}expected {2}there\n {2}found {5}gone$/m);
  await letGo();
  expect(verify(folder, ["--agency", agency])).toEqual({ ...broken, status: 1 });
  expect(isLocked(folder)).toBe(false);
}, 120_000);

test("verify says what it needs", async () => {
  const { folder, letGo } = await aHeldFolder();
  await letGo();
  const unknown = "agy_00000000000000000000000000";
  const cases = [
    [folder, [], /--agency must be an agency's id/],
    [folder, ["--agency", "cus_1"], /--agency must be an agency's id/],
    [folder, ["--agency", unknown], /There is no agency agy_0/],
    [folder, ["--agency", unknown, "--table", "drawdown"], /DYNAMODB_ENDPOINT is needed/],
    [aFolder(), ["--agency", unknown], /There are no data in/],
  ] as const;
  for (const [where, args, words] of cases) {
    expect(verify(where, args)).toMatchObject({ status: 2, told: expect.stringMatching(words) });
  }
}, 120_000);
