import {
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { GuardedWrite, Item, Key, Tenant } from "./table.store.ts";

/** Items as they lie in the table, for what treats all of them alike: export and erasure. */
export async function* walkPartition(
  { db, table }: Pick<Tenant, "db" | "table">,
  pk: string,
  prefix = "",
): AsyncGenerator<Item> {
  let from: Item | undefined;
  do {
    const query: QueryCommandInput = {
      TableName: table,
      KeyConditionExpression: `pk = :pk${prefix ? " AND begins_with(sk, :prefix)" : ""}`,
      ExpressionAttributeValues: { ":pk": pk, ...(prefix ? { ":prefix": prefix } : {}) },
      ConsistentRead: true,
      ...(from ? { ExclusiveStartKey: from } : {}),
    };
    const page = await db.send(new QueryCommand(query));
    yield* page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from);
}

export async function loadStored(
  { db, table }: Pick<Tenant, "db" | "table">,
  { pk, sk }: Key,
): Promise<Item | undefined> {
  const found = await db.send(
    new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true }),
  );
  return found.Item;
}

type Update = NonNullable<
  NonNullable<TransactWriteCommandInput["TransactItems"]>[number]["Update"]
>;

/**
 * Changes the attributes that differ, and counts the version on. An update, not a put: a record that was
 * published once must not be taken for a new one.
 */
export function rewrite(
  { table }: Pick<Tenant, "table">,
  before: Item & Key,
  after: Item,
): GuardedWrite {
  const version = typeof before.version === "number" ? before.version : undefined;
  const next: Item = version === undefined ? after : { ...after, version: version + 1 };
  const names = [...new Set([...Object.keys(before), ...Object.keys(next)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(next[name]),
  );
  const set = names.filter((name) => next[name] !== undefined);
  const gone = names.filter((name) => next[name] === undefined);
  const place = (name: string) => `#n${names.indexOf(name)}`;
  const value = (name: string) => `:v${names.indexOf(name)}`;
  const expression = [
    ...(set.length > 0
      ? [`SET ${set.map((one) => `${place(one)} = ${value(one)}`).join(", ")}`]
      : []),
    ...(gone.length > 0 ? [`REMOVE ${gone.map(place).join(", ")}`] : []),
  ];
  const Update: Update = {
    TableName: table,
    Key: { pk: before.pk, sk: before.sk },
    UpdateExpression: expression.join(" "),
    ConditionExpression: version === undefined ? "attribute_exists(pk)" : "#n = :read",
    ExpressionAttributeNames: {
      ...Object.fromEntries(names.map((name) => [place(name), name])),
      ...(version === undefined ? {} : { "#n": "version" }),
    },
    ExpressionAttributeValues: {
      ...Object.fromEntries(set.map((name) => [value(name), next[name]])),
      ...(version === undefined ? {} : { ":read": version }),
    },
  };
  // A request without values must not carry an empty map.
  if (Object.keys(Update.ExpressionAttributeValues ?? {}).length === 0) {
    delete Update.ExpressionAttributeValues;
  }
  return { write: { Update }, ifRejected: "write.conflict" };
}
