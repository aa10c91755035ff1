import type { Item, Tenant } from "../../domain/shared/table.store.ts";
import type { Filter } from "./listing.ts";
import { type Listed, type ListQuery, pageThrough, type Walk } from "./paging.ts";

/** A list over children of one partition of the table itself: a journal, a feed. Read consistently. */
export interface PartitionListing {
  readonly partition: string;
  /** What the sort keys of the children begin with. */
  readonly prefix: string;
  readonly order: "oldest-first" | "newest-first";
  readonly filters: readonly Filter[];
  readonly counted?: (() => Promise<number>) | undefined;
}

export const listPartition = <T>(
  tenant: Tenant,
  { listing, query }: { readonly listing: PartitionListing; readonly query: ListQuery },
  toRow: (item: Item) => T,
): Promise<Listed<T>> => pageThrough(tenant, { walk: walkOf(listing), query }, toRow);

function walkOf(listing: PartitionListing): Walk {
  const { partition, prefix, order, filters, counted } = listing;
  const names = Object.assign({}, ...filters.map((filter) => filter.names ?? {}));
  return {
    list: `${partition} ${prefix}`,
    keyNames: ["pk", "sk"],
    sharedKey: { pk: partition },
    counted: filters.length === 0 ? counted : undefined,
    query: {
      KeyConditionExpression: `pk = :partition${prefix ? " AND begins_with(sk, :prefix)" : ""}`,
      ConsistentRead: true,
      ScanIndexForward: order === "oldest-first",
      ExpressionAttributeValues: {
        ":partition": partition,
        ...(prefix ? { ":prefix": prefix } : {}),
        ...Object.assign({}, ...filters.map(({ values }) => values ?? {})),
      },
      ...(filters.length > 0
        ? { FilterExpression: filters.map(({ expression }) => expression).join(" AND ") }
        : {}),
      ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
    },
  };
}
