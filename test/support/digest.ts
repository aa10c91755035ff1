import { createHash } from "node:crypto";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Item } from "../../domain/shared/table.store.ts";
import type { TestTable } from "./database.ts";

/** Everything in the table, which only a test may read whole. */
export async function allItems({ db, table }: Pick<TestTable, "db" | "table">): Promise<Item[]> {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const start = from ? { ExclusiveStartKey: from } : {};
    const page = await db.send(new ScanCommand({ TableName: table, ...start }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

/** The same text exactly as long as nothing under the agency's prefix has changed. */
export async function digestOf(table: TestTable, agency: string): Promise<string> {
  const prefix = `A#${agency}`;
  const own = (await allItems(table)).filter(({ pk }) => String(pk).startsWith(prefix));
  const texts = own.map((item) => JSON.stringify(sorted(item))).sort();
  return createHash("sha256").update(texts.join("\n")).digest("hex");
}

/** The database keeps no order among the fields of a map. */
function sorted(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, one]) => [name, sorted(one)]);
  return fields.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
