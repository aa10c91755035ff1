import {
  type Item,
  keyText,
  loadItems,
  type Tenant,
  tenantKey,
} from "../../domain/shared/table.store.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { type Listed, type ListQuery, limitOf, listed } from "./paging.ts";

/** A record that a search found, as its token remembers it. */
export interface Hit {
  readonly id: string;
  readonly dateKey: string;
  readonly customer: string | undefined;
}

export interface HitListing {
  readonly kind: string;
  readonly customer?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly hits: readonly Hit[];
  readonly tests: readonly ((item: Item) => boolean)[];
}

/** A list of what a search found: only the page's records are read, unless a filter needs to see all. */
export async function listHits<T>(
  tenant: Tenant,
  { listing, query }: { readonly listing: HitListing; readonly query: ListQuery },
  toRow: (item: Item) => T,
): Promise<Listed<T>> {
  const limit = limitOf(query);
  const page = query.page ?? 1;
  const scope = { tenant, list: `${listing.kind} ${listing.customer ?? ""} search` };
  const known = await narrowed(tenant, listing);
  const after = query.after === undefined ? undefined : String(readCursor(scope, query.after)[0]);
  const rest = after === undefined ? known : known.filter(({ dateKey }) => dateKey < after);
  const start = after === undefined ? (page - 1) * limit : 0;
  const wanted = rest.slice(start, start + limit);
  const items = await loadHits(tenant, listing.kind, wanted);
  const last = wanted.at(-1);
  const next = last && rest.length > start + limit ? writeCursor(scope, [last.dateKey]) : null;
  return listed({ docs: items.map(toRow), page, limit, total: known.length, next });
}

/** Newest first. */
async function narrowed(tenant: Tenant, listing: HitListing): Promise<Hit[]> {
  const { kind, customer, from = "", to = "9999", tests } = listing;
  const within = listing.hits
    .filter((hit) => customer === undefined || hit.customer === customer)
    .filter(({ dateKey }) => dateKey >= from && dateKey <= `${to}~`)
    .sort((a, b) => (a.dateKey < b.dateKey ? 1 : -1));
  if (tests.length === 0) return within;
  const items = await loadHits(tenant, kind, within);
  const passed = new Set(
    items.filter((item) => tests.every((test) => test(item))).map(({ id }) => id),
  );
  return within.filter(({ id }) => passed.has(id));
}

async function loadHits(tenant: Tenant, kind: string, hits: readonly Hit[]): Promise<Item[]> {
  const keys = hits.map(({ id }) => ({ pk: tenantKey(tenant, kind, id), sk: kind }));
  const found = await loadItems(tenant, keys);
  return keys.flatMap((key) => {
    const item = found.get(keyText(key));
    return item ? [item] : [];
  });
}
