import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, describe, expect, it } from "vitest";
import { findBinary, startDatabase } from "../../../local/database.ts";
import { accepts, opened } from "../../../local/net.ts";
import { createTable, databaseClient, documentClient } from "../../../local/table.ts";
import { testTable } from "../../support/database.ts";

const folder = mkdtempSync(join(tmpdir(), "drawdown-database-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the table", () => {
  it("shows a list row in its indexes, without texts", async () => {
    const { db, table } = await testTable();
    const row = { pk: "A#a#INVOICE#1", sk: "INVOICE", agencyKey: "A#a#INVOICE", dateKey: "2027#1" };
    const terms = "a long text";
    await db.send(
      new PutCommand({ TableName: table, Item: { ...row, row: { number: "INV-1" }, terms } }),
    );
    const found = await db.send(
      new QueryCommand({
        TableName: table,
        IndexName: "byAgency",
        KeyConditionExpression: "agencyKey = :key",
        ExpressionAttributeValues: { ":key": "A#a#INVOICE" },
      }),
    );
    expect(found.Items).toEqual([{ ...row, row: { number: "INV-1" } }]);
  });

  it("keeps due items sparse and to their keys", async () => {
    const { db, table } = await testTable();
    const keys = { pk: "A#a#INVOICE#1", sk: "DUE#send", dueShard: "X#DUE#03", dueAt: "2027#1" };
    await db.send(new PutCommand({ TableName: table, Item: { ...keys, what: "send" } }));
    await db.send(
      new PutCommand({ TableName: table, Item: { pk: "A#a#INVOICE#2", sk: "INVOICE" } }),
    );
    const found = await db.send(
      new QueryCommand({
        TableName: table,
        IndexName: "due",
        KeyConditionExpression: "dueShard = :shard",
        ExpressionAttributeValues: { ":shard": "X#DUE#03" },
      }),
    );
    expect(found.Items).toEqual([keys]);
  });
});

describe("the database process", () => {
  it("keeps what was written over a stop and a start", async () => {
    const file = join(folder, "kept.db");
    const first = await startDatabase({ file });
    const client = databaseClient(first.endpoint);
    await createTable(client, "kept");
    const item = { pk: "a", sk: "b" };
    await documentClient(client).send(new PutCommand({ TableName: "kept", Item: item }));
    await first.stop();
    const second = await startDatabase({ file });
    const again = databaseClient(second.endpoint);
    await createTable(again, "kept");
    const found = await documentClient(again).send(
      new GetCommand({ TableName: "kept", Key: item }),
    );
    await second.stop();
    expect(found.Item).toEqual(item);
  });

  it("comes back on its port when it ends on its own", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const database = await startDatabase({ onRestart: resolve });
    process.kill(database.pid, "SIGKILL");
    await promise;
    expect(await accepts(Number(new URL(database.endpoint).port))).toBe(true);
    await database.stop();
  });

  it("ends when its parent is killed", async () => {
    const module = new URL("../../../local/database.ts", import.meta.url).href;
    const script = `const { startDatabase } = await import("${module}");
      console.log((await startDatabase()).endpoint); setInterval(() => {}, 1e6);`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [endpoint] = (await once(parent.stdout, "data")) as [Buffer];
    const port = Number(new URL(String(endpoint).trim()).port);
    expect(await accepts(port)).toBe(true);
    parent.kill("SIGKILL");
    await once(parent, "exit");
    await closed(port);
  });

  it("says in one line what to install when there is no binary", () => {
    const missing = () => findBinary({ PATH: "" }, "@dynoxide/none-none");
    expect(missing).toThrow(
      /^No database found: install .*@dynoxide\/none-none.*DYNAMODB_ENDPOINT/,
    );
  });
});

async function closed(port: number): Promise<void> {
  while (await accepts(port)) await opened(port, () => true);
}
