import { randomUUID } from "node:crypto";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Id } from "../../domain/shared/ids.ts";
import type { Platform, Tenant } from "../../domain/shared/table.store.ts";
import { startDatabase } from "../../local/database.ts";
import { createTable, databaseClient, documentClient } from "../../local/table.ts";

export interface TestTable {
  readonly table: string;
  /** For middlewares that count or fail requests. */
  readonly client: DynamoDBClient;
  readonly db: DynamoDBDocumentClient;
  readonly platform: Platform;
  tenant(agency: Id<"agency">): Tenant;
}

const shared = globalThis as { drawdownTestEndpoint?: Promise<string> };

/** One database per process, in memory; it ends with the process. */
function testEndpoint(): Promise<string> {
  shared.drawdownTestEndpoint ??= startEndpoint();
  return shared.drawdownTestEndpoint;
}

async function startEndpoint(): Promise<string> {
  const given = process.env.DYNAMODB_ENDPOINT;
  if (given) return given;
  const database = await startDatabase();
  process.once("exit", () => process.kill(database.pid, "SIGKILL"));
  return database.endpoint;
}

/** A fresh, empty table of its own for a test file or a test. */
export async function testTable(): Promise<TestTable> {
  const client = databaseClient(await testEndpoint());
  const table = `test-${randomUUID()}`;
  await createTable(client, table);
  const db = documentClient(client);
  const platform = { db, table };
  return { table, client, db, platform, tenant: (agency) => ({ agency, ...platform }) };
}
