import { feedEntrySchema, feedPartition } from "../../../domain/agencies/feed.store.ts";
import type { Filter } from "../../kit/listing.ts";
import { operation } from "../../kit/operation.ts";
import { listPartition } from "../../kit/partition-listing.ts";
import { agenciesRoutes } from "./routes.ts";

/** Read from what the consumer keeps: an event appears a moment after its change. */
export const listEvents = operation(agenciesRoutes.listEvents, async (call) => {
  const query = call.query();
  const { subject, type } = query;
  const both = subject !== undefined && type !== undefined;
  const listing = {
    partition: feedPartition(call.tenant, both ? { subject } : { subject, type }),
    prefix: "",
    order: "newest-first",
    filters: both ? [typeFilter(type)] : [],
  } as const;
  const toRow = (item: Record<string, unknown>) => feedEntrySchema.parse(item);
  return { status: 200, body: await listPartition(call.tenant, { listing, query }, toRow) };
});

const typeFilter = (type: string): Filter => ({
  expression: "#type = :type",
  names: { "#type": "type" },
  values: { ":type": type },
});
