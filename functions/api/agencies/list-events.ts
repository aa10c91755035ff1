import {
  feedCounter,
  feedEntrySchema,
  feedPartition,
} from "../../../domain/agencies/feed.store.ts";
import { loadCount } from "../../../domain/shared/counter.store.ts";
import { headKindOf } from "../../../domain/shared/head.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { loadItem, queryPage, type Tenant, tenantKey } from "../../../domain/shared/table.store.ts";
import type { Filter } from "../../kit/listing.ts";
import { operation } from "../../kit/operation.ts";
import { listPartition } from "../../kit/partition-listing.ts";
import { Refused } from "../../kit/refused.ts";
import { agenciesRoutes } from "./routes.ts";

/** Read from what the consumer keeps: an event appears a moment after its change. */
export const listEvents = operation(agenciesRoutes.listEvents, async (call) => {
  const { tenant } = call;
  const query = call.query();
  const { subject, type } = query;
  const both = subject !== undefined && type !== undefined;
  const listing = {
    partition: feedPartition(tenant, { subject, type }),
    prefix: "",
    order: "newest-first",
    filters: both ? [typeFilter(type)] : [],
    counted:
      subject === undefined
        ? () => loadCount(tenant, feedCounter, type === undefined ? {} : { status: type })
        : undefined,
  } as const;
  const toRow = (item: object) => feedEntrySchema.parse(item);
  const body = await listPartition(tenant, { listing, query }, toRow);
  if (subject !== undefined && body.total === 0) await requireSubject(tenant, listing, subject);
  return { status: 200, body };
});

const typeFilter = (type: string): Filter => ({
  expression: "#type = :type",
  names: { "#type": "type" },
  values: { ":type": type },
});

/** Another agency's record is as unknown as none; an own one may just have nothing to tell. */
async function requireSubject(
  tenant: Tenant,
  { partition }: { readonly partition: string },
  subject: string,
): Promise<void> {
  const kind = headKindOf(subject);
  const isKnown =
    (await hasEntries(tenant, partition)) ||
    (kind && (await loadItem(tenant, { pk: tenantKey(tenant, kind, subject), sk: kind })));
  if (!isKnown) throw new Refused(refuse("request.not-found", "There is no such record."));
}

async function hasEntries(tenant: Tenant, partition: string): Promise<boolean> {
  const { items } = await queryPage(tenant, {
    KeyConditionExpression: "pk = :partition",
    ExpressionAttributeValues: { ":partition": partition },
    Limit: 1,
  });
  return items.length > 0;
}
