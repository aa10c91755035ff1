import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { Id } from "./ids.ts";
import type { RefusalCode } from "./refusals.ts";

/** The table seen by one agency: every key begins with its prefix, so no other's can be expressed. */
export interface Tenant {
  readonly agency: Id<"agency">;
  readonly table: string;
  readonly db: DynamoDBDocumentClient;
}

/** The few records that belong to no agency: key hashes, Stripe accounts and events, tokens. */
export interface Platform {
  readonly table: string;
  readonly db: DynamoDBDocumentClient;
}

/** A type, not an interface: so that it is an item, too. */
export type Key = { readonly pk: string; readonly sk: string };

export type Item = Record<string, unknown>;
export type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** A write and the refusal to give if its own condition fails; `write.conflict` means: decide again. */
export interface GuardedWrite {
  readonly write: TransactItem;
  readonly ifRejected: RefusalCode;
}

export const indexNames = { byCustomer: "byCustomer", byAgency: "byAgency", due: "due" } as const;

/**
 * What a list row shows, never texts or lines. In the table these fields of a listed record lie together in
 * one map, `row`, because an index can carry at most twenty attributes; readers find them in their places.
 */
export const listedAttributes = [
  ...["id", "customer", "isRetainer", "status", "number", "date", "dueDate", "currency"],
  ...["subTotal", "discountTotal", "netTotal", "tax", "extraTotal", "total", "paid", "drawdown"],
  ...["amount", "applied", "refunded", "unapplied", "balance", "method", "source", "retainer"],
  ...[
    "receivedAt",
    "expiresOn",
    "validUntil",
    "invoice",
    "reference",
    "tags",
    "billTo",
    "internalId",
    "archived",
    "email",
    "attachedTo",
    "visible",
    "file",
  ],
  ...["createdAt", "updatedAt"],
] as const;

/** What the two list indexes carry beside their keys. */
export const projectedAttributes = ["row", "version"] as const;

export function tenantKey(tenant: Pick<Tenant, "agency">, ...parts: readonly string[]): string {
  return ["A", tenant.agency, ...parts].join("#");
}

const platformPrefix = "X#";
export const platformKey = (...parts: readonly string[]): Key => ({
  pk: `${platformPrefix}${parts.join("#")}`,
  sk: "X",
});

/** Empty fields cost bytes and say nothing: they are absent in the table and null again in code. */
export function compact(record: Item): Item {
  return Object.fromEntries(
    Object.entries(record).filter(
      ([, value]) =>
        value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

export interface Versioned {
  readonly version: number;
}

/** Writes a record whole, on condition that nobody wrote it since it was read. */
export function putVersioned(
  { table }: Pick<Tenant, "table">,
  place: Key & Item,
  record: Versioned & object,
  ifRejected: RefusalCode = "write.conflict",
): GuardedWrite {
  const isNew = record.version === 1;
  return {
    write: {
      Put: {
        TableName: table,
        Item: { ...stored(compact({ ...record }), "agencyKey" in place), ...place },
        ConditionExpression: isNew ? "attribute_not_exists(pk)" : "version = :read",
        ...(isNew ? {} : { ExpressionAttributeValues: { ":read": record.version - 1 } }),
      },
    },
    ifRejected,
  };
}

const listed: ReadonlySet<string> = new Set(listedAttributes);

function stored(record: Item, isListed: boolean): Item {
  if (!isListed) return record;
  const fields = Object.entries(record);
  return {
    ...Object.fromEntries(fields.filter(([name]) => !listed.has(name))),
    row: Object.fromEntries(fields.filter(([name]) => listed.has(name))),
  };
}

function asWritten(item: Item): Item {
  const { row, ...rest } = item;
  return row && typeof row === "object" ? { ...(row as Item), ...rest } : item;
}

/** Writes an item that must not exist yet: a guard of uniqueness, a journal record, a child. */
export function putNew(
  { table }: Pick<Tenant, "table">,
  item: Key & Item,
  ifRejected: RefusalCode,
): GuardedWrite {
  return {
    write: {
      Put: {
        TableName: table,
        Item: compact(item) as Key & Item,
        ConditionExpression: "attribute_not_exists(pk)",
      },
    },
    ifRejected,
  };
}

/** Writes an item that no other writer touches at the same time, because its head is in the transaction. */
export function putAlways({ table }: Pick<Tenant, "table">, item: Key & Item): GuardedWrite {
  return {
    write: { Put: { TableName: table, Item: compact(item) as Key & Item } },
    ifRejected: "write.conflict",
  };
}

export function removeItem({ table }: Pick<Tenant, "table">, { pk, sk }: Key): GuardedWrite {
  return {
    write: { Delete: { TableName: table, Key: { pk, sk } } },
    ifRejected: "write.conflict",
  };
}

const dayS = 86_400;

/** For items that nobody needs a day later: the table's `ttl`, in seconds. */
export const dayAfter = (now: string): number => Math.floor(Date.parse(now) / 1_000) + dayS;

type Condition = Omit<NonNullable<TransactItem["ConditionCheck"]>, "TableName" | "Key">;

/** Writes nothing, but fails the transaction: then everything is decided again. */
const hold = (
  { table }: Pick<Tenant, "table">,
  { pk, sk }: Key,
  condition: Condition,
): GuardedWrite => ({
  write: { ConditionCheck: { TableName: table, Key: { pk, sk }, ...condition } },
  ifRejected: "write.conflict",
});

/** As long as there is no such item. */
export const holdAbsent = (tenant: Pick<Tenant, "table">, key: Key): GuardedWrite =>
  hold(tenant, key, { ConditionExpression: "attribute_not_exists(pk)" });

/** As long as it is there. */
export const holdPresent = (tenant: Pick<Tenant, "table">, key: Key): GuardedWrite =>
  hold(tenant, key, { ConditionExpression: "attribute_exists(pk)" });

/** As long as nobody wrote it since it was read. */
export const holdVersion = (
  tenant: Pick<Tenant, "table">,
  key: Key,
  version: number,
): GuardedWrite =>
  hold(tenant, key, {
    ConditionExpression: "version = :read",
    ExpressionAttributeValues: { ":read": version },
  });

export function removeVersioned(
  { table }: Pick<Tenant, "table">,
  { pk, sk }: Key,
  version: number,
): GuardedWrite {
  return {
    write: {
      Delete: {
        TableName: table,
        Key: { pk, sk },
        ConditionExpression: "version = :read",
        ExpressionAttributeValues: { ":read": version },
      },
    },
    ifRejected: "write.conflict",
  };
}

export async function loadItem(
  { db, table }: Pick<Tenant, "db" | "table">,
  { pk, sk }: Key,
): Promise<Item | undefined> {
  const found = await db.send(
    new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true }),
  );
  return found.Item && asWritten(found.Item);
}

/** Items by key, in one call per hundred; what does not exist is absent from the map. */
export async function loadItems(
  { db, table }: Pick<Tenant, "db" | "table">,
  keys: readonly Key[],
): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  const distinct = new Map(keys.map(({ pk, sk }) => [keyText({ pk, sk }), { pk, sk }]));
  let left: Key[] = [...distinct.values()];
  while (left.length > 0) {
    const batch = left.splice(0, 100);
    const answer = await db.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: batch, ConsistentRead: true } } }),
    );
    for (const item of answer.Responses?.[table] ?? []) {
      found.set(keyText(item as Key), asWritten(item));
    }
    left = [...left, ...((answer.UnprocessedKeys?.[table]?.Keys ?? []) as Key[])];
  }
  return found;
}

export const keyText = ({ pk, sk }: Key): string => `${pk}|${sk}`;

export interface Page {
  readonly items: readonly Item[];
  readonly lastKey: Item | undefined;
}

export async function queryPage(
  { db, table }: Pick<Tenant, "db" | "table">,
  query: Omit<QueryCommandInput, "TableName">,
): Promise<Page> {
  const answer = await db.send(new QueryCommand({ ...query, TableName: table }));
  return { items: (answer.Items ?? []).map(asWritten), lastKey: answer.LastEvaluatedKey };
}

/** Reads a partition to its end; only for partitions whose size the design bounds. */
export async function queryAll(
  tenant: Pick<Tenant, "db" | "table">,
  query: Omit<QueryCommandInput, "TableName">,
): Promise<Item[]> {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await queryPage(tenant, from ? { ...query, ExclusiveStartKey: from } : query);
    items.push(...page.items);
    from = page.lastKey;
  } while (from);
  return items;
}
