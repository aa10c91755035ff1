import { loadCount } from "../../domain/shared/counter.store.ts";
import { type Item, indexNames, type Tenant, tenantKey } from "../../domain/shared/table.store.ts";
import { type Hit, listHits } from "./hits.ts";
import { type Listed, type ListQuery, pageThrough, type Walk } from "./paging.ts";

export type { Listed, ListQuery } from "./paging.ts";

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
  /** The same for a record in hand. A search whose other filters have it needs no walk. */
  readonly test?: (item: Item) => boolean;
  /** The records that a search found: the list is made from them. */
  readonly hits?: readonly Hit[];
}

export const equals = (name: string, value: unknown): EqualsFilter => ({
  expression: `#row.#${name} = :${name}`,
  names: { "#row": "row", [`#${name}`]: name },
  values: { [`:${name}`]: value },
  test: (item) => item[name] === value,
  equals: { name, value },
});

interface EqualsFilter extends Filter {
  readonly equals: { readonly name: string; readonly value: unknown };
}

export async function listPage<T>(
  tenant: Tenant,
  { listing, query }: { readonly listing: Listing; readonly query: ListQuery },
  toRow: (item: Item) => T,
): Promise<Listed<T>> {
  const search = listing.filters.find(({ hits }) => hits);
  const others = listing.filters.filter((filter) => filter !== search);
  if (search?.hits && others.every(({ test }) => test)) {
    const narrowed = {
      ...listing,
      hits: search.hits,
      tests: others.flatMap((one) => one.test ?? []),
    };
    return listHits(tenant, { listing: narrowed, query }, toRow);
  }
  return pageThrough(tenant, { walk: walkOf(tenant, listing), query }, toRow);
}

/** The same for rows that depend on something else that is being loaded: both are waited for at once. */
export async function listPageKnowing<K, T>(
  tenant: Tenant,
  asked: { readonly listing: Listing; readonly query: ListQuery },
  rows: { readonly known: Promise<K>; readonly toRow: (item: Item, known: K) => T },
): Promise<Listed<T>> {
  const [known, { docs, ...page }] = await Promise.all([
    rows.known,
    listPage(tenant, asked, (item) => item),
  ]);
  return { docs: docs.map((item) => rows.toRow(item, known)), ...page };
}

function walkOf(tenant: Tenant, listing: Listing): Walk {
  const { kind, customer, from, to, filters } = listing;
  const indexKey = customer === undefined ? "agencyKey" : "customerKey";
  const partition =
    customer === undefined ? tenantKey(tenant, kind) : tenantKey(tenant, "C", customer, kind);
  const ranged = from !== undefined || to !== undefined;
  const names = Object.assign({}, ...filters.map((filter) => filter.names ?? {}));
  return {
    list: `${kind} ${customer ?? ""}`,
    keyNames: ["pk", "sk", indexKey, "dateKey"],
    sharedKey: { [indexKey]: partition },
    counted: countOf(tenant, listing),
    query: {
      IndexName: customer === undefined ? indexNames.byAgency : indexNames.byCustomer,
      KeyConditionExpression: `${indexKey} = :partition${
        ranged ? " AND dateKey BETWEEN :from AND :to" : ""
      }`,
      ScanIndexForward: false,
      ExpressionAttributeValues: {
        ":partition": partition,
        ...(ranged ? { ":from": from ?? "0", ":to": `${to ?? "9999"}~` } : {}),
        ...Object.assign({}, ...filters.map(({ values }) => values ?? {})),
      },
      ...(filters.length > 0
        ? { FilterExpression: filters.map(({ expression }) => expression).join(" AND ") }
        : {}),
      ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
    },
  };
}

/** Counters know kind, customer, status and what is a retainer; other filters are counted by keys. */
function countOf(tenant: Tenant, listing: Listing): (() => Promise<number>) | undefined {
  const { kind, customer, from, to, filters } = listing;
  if (from !== undefined || to !== undefined) return undefined;
  const wanted: Record<string, unknown> = {};
  for (const filter of filters) {
    const asked = (filter as Partial<EqualsFilter>).equals;
    if (!asked || !countedNames.includes(asked.name)) return undefined;
    wanted[asked.name] = asked.value;
  }
  return () => loadCount(tenant, { kind, customer }, wanted);
}

const countedNames = ["status", "isRetainer", "archived"];
