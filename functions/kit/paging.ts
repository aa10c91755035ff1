import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { type Item, queryPage, type Tenant, tenantKey } from "../../domain/shared/table.store.ts";
import { readCursor, writeCursor, wrongCursor } from "./cursor.ts";

export interface ListQuery {
  readonly page?: number | undefined;
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

export interface Listed<T> {
  readonly docs: readonly T[];
  readonly page: number;
  readonly limit: number;
  readonly total: number;
  readonly pages: number;
  readonly next: string | null;
}

export type Query = Omit<QueryCommandInput, "TableName">;

/** One partition of the table or of an index, read in the order of its keys. */
export interface Walk {
  readonly query: Query;
  /** The whole key of a row, as the walk goes on from it. */
  readonly keyNames: readonly string[];
  /** The part of that key that all rows share; the rest makes up a cursor. */
  readonly sharedKey: Item;
  readonly list: string;
  /** How many rows there are, where something counts them. It may lag behind. */
  readonly counted?: (() => Promise<number>) | undefined;
}

const limitDefault = 50;
/** Counting further than this would cost more than the figure is worth. */
const countMax = 10_000;

export const limitOf = ({ limit }: ListQuery): number => limit ?? limitDefault;

/** One page of a walk. `page` walks the keys of the pages before it, `after` goes on from a row. */
export async function pageThrough<T>(
  tenant: Tenant,
  { walk, query }: { readonly walk: Walk; readonly query: ListQuery },
  toRow: (item: Item) => T,
): Promise<Listed<T>> {
  const limit = limitOf(query);
  const page = query.page ?? 1;
  const before = query.after === undefined ? (page - 1) * limit : undefined;
  const start = await startOf(tenant, walk, { after: query.after, skip: before ?? 0 });
  if ("end" in start) return listed({ docs: [], page, limit, total: start.end, next: null });
  const [taken, counted] = await Promise.all([
    take(tenant, walk, { start: start.key, limit }).catch(orWrongCursor(query)),
    walk.counted?.(),
  ]);
  const seen = (before ?? 0) + taken.items.length;
  const isAll = !taken.more && before !== undefined;
  const total = isAll
    ? seen
    : Math.max(counted ?? (await countAll(tenant, walk)), taken.more ? seen + 1 : seen);
  const last = taken.items.at(-1);
  const next = taken.more && last ? cursorAt(tenant, walk, last) : null;
  return listed({ docs: taken.items.map(toRow), page, limit, total, next });
}

export const listed = <T>(one: Omit<Listed<T>, "pages">): Listed<T> => {
  const { docs, page, limit, total, next } = one;
  return { docs, page, limit, total, pages: Math.ceil(total / limit), next };
};

type Start = { readonly key: Item | undefined } | { readonly end: number };

async function startOf(
  tenant: Tenant,
  walk: Walk,
  { after, skip }: { readonly after: string | undefined; readonly skip: number },
): Promise<Start> {
  if (after !== undefined) return { key: keyAt(tenant, walk, after) };
  if (skip === 0) return { key: undefined };
  const projection = { ProjectionExpression: walk.keyNames.join(", ") };
  let left = skip;
  let from: Item | undefined;
  do {
    const found = await queryPage(tenant, { ...startingAt(walk.query, from), ...projection });
    const reached = found.items[left - 1];
    if (reached) return { key: reached };
    left -= found.items.length;
    from = found.lastKey;
  } while (from);
  return { end: skip - left };
}

/** Whoever knows how cursors are made can make one that the table refuses: their mistake, not ours. */
const orWrongCursor = (query: ListQuery) => (error: unknown) => {
  const isTheirs = query.after !== undefined && (error as Error).name === "ValidationException";
  throw isTheirs ? wrongCursor() : error;
};

/** A filter drops rows after they were read, so it reads some more at once. */
async function take(
  tenant: Tenant,
  { query }: Walk,
  { start, limit }: { readonly start: Item | undefined; readonly limit: number },
): Promise<{ readonly items: Item[]; readonly more: boolean }> {
  const read = query.FilterExpression ? limit * 2 + 1 : limit + 1;
  const items: Item[] = [];
  let from = start;
  do {
    const found = await queryPage(tenant, { ...startingAt(query, from), Limit: read });
    items.push(...found.items);
    from = found.lastKey;
  } while (from && items.length <= limit);
  return { items: items.slice(0, limit), more: items.length > limit };
}

const startingAt = (query: Query, start: Item | undefined): Query =>
  start ? { ...query, ExclusiveStartKey: start } : query;

async function countAll(tenant: Tenant, { query }: Walk): Promise<number> {
  let count = 0;
  let from: Item | undefined;
  do {
    const command = { ...startingAt(query, from), TableName: tenant.table };
    const answer = await tenant.db.send(new QueryCommand({ ...command, Select: "COUNT" }));
    count += answer.Count ?? 0;
    from = answer.LastEvaluatedKey;
  } while (from && count < countMax);
  return Math.min(count, countMax);
}

const cursorNames = ({ keyNames, sharedKey }: Walk): string[] =>
  keyNames.filter((name) => !(name in sharedKey));

const cursorAt = (tenant: Tenant, walk: Walk, last: Item): string =>
  writeCursor(
    { tenant, list: walk.list },
    cursorNames(walk).map((name) => last[name]),
  );

function keyAt(tenant: Tenant, walk: Walk, cursor: string): Item {
  const values = readCursor({ tenant, list: walk.list }, cursor);
  const names = cursorNames(walk);
  const isKey = values.length === names.length && values.every((one) => typeof one === "string");
  if (!isKey || values.some((one) => one === "")) throw wrongCursor();
  const own = Object.fromEntries(names.map((name, index) => [name, values[index]]));
  const key: Item = { ...walk.sharedKey, ...own };
  if (!String(key.pk).startsWith(tenantKey(tenant))) throw wrongCursor();
  return key;
}
