import { join } from "node:path";
import { PutCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { DynamoDBStreamEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { createFaults, faultsSchema } from "../../../local/faults.ts";
import { openStream, type Publish } from "../../../local/stream.ts";
import { databaseClient, documentClient } from "../../../local/table.ts";
import { type TestTable, testTable } from "../../support/database.ts";
import { aFolder, aLog } from "./support.ts";

const keysIn = ({ Records }: DynamoDBStreamEvent): string[] =>
  Records.map(({ dynamodb }) => `${dynamodb?.Keys?.pk?.S} ${dynamodb?.Keys?.sk?.S}`);

/** A second connection to the table, so that one can be given faults and the other none. */
async function aStream(over: { folder?: string; publish?: Publish; table?: TestTable } = {}) {
  const table = over.table ?? (await testTable());
  const folder = over.folder ?? aFolder();
  const seen: string[] = [];
  const note: Publish = async (event) => {
    seen.push(...keysIn(event));
    return { batchItemFailures: [] };
  };
  const log = aLog();
  const stream = openStream({
    ...{ file: join(folder, "stream.jsonl"), table: table.table, client: table.client, log },
    publish: over.publish ?? note,
  });
  const endpoint = await table.client.config.endpoint?.();
  const client = databaseClient(`http://${endpoint?.hostname}:${endpoint?.port}`);
  stream.attach(client);
  const db = documentClient(client);
  const put = (pk: string, sk: string) => ({ Put: { TableName: table.table, Item: { pk, sk } } });
  const write = (...items: ReturnType<typeof put>[]) =>
    db.send(new TransactWriteCommand({ TransactItems: items }));
  return { table, folder, seen, log, stream, client, db, put, write };
}

describe("the stand-in for the table's stream", () => {
  it("hands on the outbox records of a transaction and nothing else", async () => {
    const { stream, put, write, seen } = await aStream();
    await write(put("A#a#C#c", "ACCOUNT"), put("A#a#C#c", "J#000000000001"), put("A#a", "E#1"));
    await write(put("X#STRIPE-EVENT#evt_1", "X"), put("X#KEY#1", "X"));
    await stream.settle();
    expect(seen).toEqual(["A#a#C#c J#000000000001", "A#a E#1", "X#STRIPE-EVENT#evt_1 X"]);
    expect(stream.pending).toBe(0);
  });

  it("hands on nothing of a transaction that was refused", async () => {
    const { stream, put, write, seen } = await aStream();
    const guarded = put("A#a#C#c", "ACCOUNT");
    const refused = write(
      { Put: { ...guarded.Put, ConditionExpression: "attribute_exists(pk)" } } as typeof guarded,
      put("A#a#C#c", "J#000000000001"),
    );
    await expect(refused).rejects.toThrow("ConditionalCheckFailed");
    await stream.settle();
    expect(seen).toEqual([]);
  });

  it("looks up a transaction whose answer was lost", async () => {
    const { stream, client, put, write, seen } = await aStream();
    const faults = createFaults();
    faults.attach(client);
    faults.set(faultsSchema.parse({ commit: { timeoutCommittedRate: 1 } }));
    await expect(write(put("A#a#C#c", "J#000000000001"))).rejects.toThrow("socket hang up");
    await stream.settle();
    expect(seen).toEqual(["A#a#C#c J#000000000001"]);
  });

  it("hands on after a crash what was written, but not what was only begun", async () => {
    const { table, folder, client, put, write, seen: seenBefore } = await aStream();
    const committed = Promise.withResolvers<void>();
    // The process dies: before one transaction is sent, and after another was committed.
    client.middlewareStack.add(
      (next) => async (args) => {
        if (!JSON.stringify(args.input).includes("only begun")) {
          await next(args);
          committed.resolve();
        }
        return new Promise<never>(() => undefined);
      },
      { step: "deserialize", priority: "high" },
    );
    void write(put("A#a#only begun", "J#000000000001"));
    void write(put("A#a#C#c", "J#000000000001"), put("A#a#C#c", "ACCOUNT"));
    await committed.promise;
    const { stream, seen } = await aStream({ folder, table });
    await stream.settle();
    expect(seenBefore).toEqual([]);
    expect(seen).toEqual(["A#a#C#c J#000000000001"]);
    const { stream: third, seen: seenAgain } = await aStream({ folder, table });
    await third.settle();
    expect(seenAgain).toEqual([]);
  });

  it("tries again from the first record that was not taken", async () => {
    const batches: string[][] = [];
    const { stream, put, write } = await aStream({
      publish: async (event) => {
        batches.push(keysIn(event));
        const failed = batches.length === 1 ? [{ itemIdentifier: "1" }] : [];
        return { batchItemFailures: failed };
      },
    });
    await Promise.all([
      write(put("A#a", "E#1"), put("A#a#C#c", "J#1")),
      write(put("A#a#C#d", "J#1")),
    ]);
    await stream.settle();
    const all = batches.flat();
    expect(new Set(all)).toEqual(new Set(["A#a E#1", "A#a#C#c J#1", "A#a#C#d J#1"]));
    expect(stream.pending).toBe(0);
  });

  it("sets a record aside that never gets through, and the others pass it", async () => {
    const taken: string[] = [];
    const { stream, put, write, log } = await aStream({
      publish: async (event) => {
        const keys = keysIn(event);
        const bad = keys.indexOf("A#a E#bad");
        taken.push(...(bad < 0 ? keys : keys.slice(0, bad)));
        return { batchItemFailures: bad < 0 ? [] : [{ itemIdentifier: String(bad) }] };
      },
    });
    await write(put("A#a", "E#bad"));
    await write(put("A#a", "E#good"));
    await stream.settle();
    expect(taken).toEqual(["A#a E#good"]);
    expect(log.errors).toContain("a record is given up until the next start");
  });

  it("sees single writes, too", async () => {
    const { stream, db, table, seen } = await aStream();
    const Item = { pk: "X#STRIPE-EVENT#evt_2", sk: "X" };
    await db.send(new PutCommand({ TableName: table.table, Item }));
    await stream.settle();
    expect(seen).toEqual(["X#STRIPE-EVENT#evt_2 X"]);
  });
});

describe("injected faults", () => {
  const outcomes = async (seed: number): Promise<string[]> => {
    const { client, put, write } = await aStream();
    const faults = createFaults();
    faults.attach(client);
    faults.set(faultsSchema.parse({ commit: { conflictRate: 0.4 }, seed }));
    const names: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      const name = await write(put("A#a", `${n}`)).then(
        () => "written",
        (error: Error) => error.name,
      );
      names.push(name);
    }
    return names;
  };

  it("come in the same order for the same seed", async () => {
    const first = await outcomes(7);
    expect(await outcomes(7)).toEqual(first);
    expect(new Set(first)).toEqual(new Set(["written", "TransactionCanceledException"]));
    expect(await outcomes(8)).not.toEqual(first);
  });

  it("name one item that was in the way", async () => {
    const { client, put, write } = await aStream();
    const faults = createFaults();
    faults.attach(client);
    faults.set(faultsSchema.parse({ commit: { conflictRate: 1 } }));
    const error = await write(put("A#a", "1"), put("A#a", "2")).catch((thrown) => thrown);
    const codes = error.CancellationReasons.map(({ Code }: { Code: string }) => Code);
    expect(codes.toSorted()).toEqual(["None", "TransactionConflict"]);
  });

  it("crash after the given number of commits", async () => {
    const { client, put, write } = await aStream();
    let crashes = 0;
    const faults = createFaults(() => {
      crashes += 1;
    });
    faults.attach(client);
    faults.set(faultsSchema.parse({ commit: { crashAfter: 2 } }));
    await write(put("A#a", "1"));
    expect(crashes).toBe(0);
    await write(put("A#a", "2"));
    expect(crashes).toBe(1);
  });

  it.each([
    ["a rate above 1", { commit: { conflictRate: 1.5 } }],
    ["rates above 1 together", { commit: { conflictRate: 0.6, throttleRate: 0.6 } }],
    ["an unknown field", { commit: { conflicts: 1 } }],
  ])("refuse %s", (_name, body) => {
    expect(faultsSchema.safeParse(body).success).toBe(false);
  });
});
