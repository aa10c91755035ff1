import { createHmac, timingSafeEqual } from "node:crypto";
import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import {
  type Item,
  indexNames,
  queryPage,
  type Tenant,
  tenantKey,
} from "../../domain/shared/table.store.ts";
import { invalid } from "./refused.ts";

/** A list over one of the two indexes: newest first, filtered, paged by number or by cursor. */
export interface Listing {
  readonly kind: string;
  readonly customer?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly filters: readonly Filter[];
}

export interface Filter {
  /** An expression over #name and :value placeholders, which are given beside it. */
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

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

const limitDefault = 50;
/** Counting further than this would cost more than the figure is worth. */
const countMax = 10_000;

export const equals = (name: string, value: unknown): Filter => ({
  expression: `#${name} = :${name}`,
  names: { [`#${name}`]: name },
  values: { [`:${name}`]: value },
});

export async function listPage<T>(
  tenant: Tenant,
  { listing, query }: { readonly listing: Listing; readonly query: ListQuery },
  toRow: (item: Item) => T,
): Promise<Listed<T>> {
  const limit = query.limit ?? limitDefault;
  const page = query.page ?? 1;
  const base = queryOf(tenant, listing);
  const start = query.after
    ? readCursor(tenant, listing, query.after)
    : await keyBefore(tenant, base, (page - 1) * limit);
  const wanted =
    start === "end" ? { items: [], more: false } : await take(tenant, base, start, limit);
  const total = await countAll(tenant, base);
  const last = wanted.items.at(-1);
  return {
    docs: wanted.items.map(toRow),
    page,
    limit,
    total,
    pages: Math.ceil(total / limit),
    next: wanted.more && last ? writeCursor(tenant, listing, last) : null,
  };
}

type Base = Omit<QueryCommandInput, "TableName">;

function queryOf(tenant: Tenant, listing: Listing): Base {
  const byCustomer = listing.customer !== undefined;
  const partition = byCustomer
    ? tenantKey(tenant, "C", listing.customer ?? "", listing.kind)
    : tenantKey(tenant, listing.kind);
  const ranged = listing.from !== undefined || listing.to !== undefined;
  const filters = listing.filters.map(({ expression }) => expression);
  const names = Object.assign({}, ...listing.filters.map((filter) => filter.names ?? {}));
  return {
    IndexName: byCustomer ? indexNames.byCustomer : indexNames.byAgency,
    KeyConditionExpression: `${byCustomer ? "customerKey" : "agencyKey"} = :partition${
      ranged ? " AND dateKey BETWEEN :from AND :to" : ""
    }`,
    ScanIndexForward: false,
    ExpressionAttributeValues: {
      ":partition": partition,
      ...(ranged ? { ":from": listing.from ?? "0", ":to": `${listing.to ?? "9999"}~` } : {}),
      ...Object.assign({}, ...listing.filters.map(({ values }) => values ?? {})),
    },
    ...(filters.length > 0 ? { FilterExpression: filters.join(" AND ") } : {}),
    ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
  };
}

const withStart = (base: Base, start: Item | undefined): Base =>
  start ? { ...base, ExclusiveStartKey: start } : base;

async function take(
  tenant: Tenant,
  base: Base,
  start: Item | undefined,
  limit: number,
): Promise<{ readonly items: Item[]; readonly more: boolean }> {
  const items: Item[] = [];
  let from = start;
  do {
    const found = await queryPage(tenant, { ...withStart(base, from), Limit: limit * 2 + 1 });
    items.push(...found.items);
    from = found.lastKey;
  } while (from && items.length <= limit);
  return { items: items.slice(0, limit), more: items.length > limit };
}

/** Walks keys only to the item before a numbered page. */
async function keyBefore(
  tenant: Tenant,
  base: Base,
  skip: number,
): Promise<Item | undefined | "end"> {
  if (skip === 0) return undefined;
  let left = skip;
  let from: Item | undefined;
  do {
    const found = await queryPage(tenant, { ...withStart(base, from), ...keysOnly(base) });
    const reached = found.items[left - 1];
    if (reached) return reached;
    left -= found.items.length;
    from = found.lastKey;
  } while (from);
  return "end";
}

const keyNames = ["pk", "sk", "customerKey", "agencyKey", "dateKey"];

const keysOnly = (base: Base): Partial<Base> => ({
  ProjectionExpression: (base.IndexName === indexNames.byCustomer
    ? keyNames.filter((name) => name !== "agencyKey")
    : keyNames.filter((name) => name !== "customerKey")
  ).join(", "),
});

async function countAll(tenant: Tenant, base: Base): Promise<number> {
  let count = 0;
  let from: Item | undefined;
  do {
    const found = await countPage(tenant, withStart(base, from));
    count += found.count;
    from = found.lastKey;
  } while (from && count < countMax);
  return Math.min(count, countMax);
}

async function countPage(tenant: Tenant, query: Base) {
  const answer = await tenant.db.send(
    new QueryCommand({ ...query, TableName: tenant.table, Select: "COUNT" }),
  );
  return { count: answer.Count ?? 0, lastKey: answer.LastEvaluatedKey };
}

/**
 * A cursor is the last row's key, bound to its agency and list by a keyed hash, so that a forged or foreign
 * one is refused before it reaches the table.
 */
function writeCursor(tenant: Tenant, listing: Listing, last: Item): string {
  const key = JSON.stringify([last.pk, last.sk, last.dateKey]);
  return Buffer.from(`${seal(tenant, listing, key)}${key}`).toString("base64url");
}

const sealLength = 32;

const seal = (tenant: Tenant, listing: Listing, key: string): string =>
  createHmac("sha256", `${tenant.agency} ${listing.kind} ${listing.customer ?? ""}`)
    .update(key)
    .digest("hex")
    .slice(0, sealLength);

function readCursor(tenant: Tenant, listing: Listing, cursor: string): Item {
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  const key = text.slice(sealLength);
  const expected = Buffer.from(seal(tenant, listing, key));
  const given = Buffer.from(text.slice(0, sealLength));
  const parsed = given.length === expected.length && timingSafeEqual(given, expected) && parse(key);
  if (!parsed) throw invalid([{ pointer: "#/after", detail: "is not a cursor of this list" }]);
  const [pk, sk, dateKey] = parsed;
  const partition = listing.customer
    ? { customerKey: tenantKey(tenant, "C", listing.customer, listing.kind) }
    : { agencyKey: tenantKey(tenant, listing.kind) };
  return { pk, sk, dateKey, ...partition };
}

function parse(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
