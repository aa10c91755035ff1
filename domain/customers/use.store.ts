import { addDuration } from "../shared/calendar.ts";
import {
  dayAfter,
  type GuardedWrite,
  type Item,
  type Key,
  keyText,
  loadItem,
  loadItems,
  type Tenant,
} from "../shared/table.store.ts";
import { customerKey } from "./customer.store.ts";
import { type Customer, customerSchema } from "./customer.ts";

/**
 * Lists are seconds behind, requests are under way, and somebody may stand on a page to pay: until this
 * instant something may come to refer to the customer that no list shows yet. Null: nothing ever did.
 */
export type UsedUntil = string | null;

export const useSpans = {
  /** Far longer than a request takes and lists are behind; a mark is renewed when half of it is over. */
  record: { kept: "PT2M", renewed: "PT1M" },
  /** A page of Stripe's lives a day, and what became of it may be learned days later. */
  page: { kept: "P7D", renewed: "P6D" },
} as const;
export type UseSpan = (typeof useSpans)[keyof typeof useSpans];

const markKey = (tenant: Pick<Tenant, "agency">, customer: string) => ({
  ...customerKey(tenant, customer),
  sk: "USE",
});

const untilIn = (item: { readonly until?: unknown } | undefined): UsedUntil =>
  typeof item?.until === "string" ? item.until : null;

export async function loadUsedUntil(tenant: Tenant, customer: string): Promise<UsedUntil> {
  return untilIn(await loadItem(tenant, markKey(tenant, customer)));
}

/** Both in one call. */
export async function loadCustomerUse(
  tenant: Tenant,
  id: string,
): Promise<{ readonly customer: Customer; readonly until: UsedUntil } | undefined> {
  const keys = { customer: customerKey(tenant, id), use: markKey(tenant, id) };
  const found = await loadItems(tenant, [keys.customer, keys.use]);
  const item = found.get(keyText(keys.customer));
  if (!item) return undefined;
  return { customer: customerSchema.parse(item), until: untilIn(found.get(keyText(keys.use))) };
}

/** Keeps the customer from being deleted while something is made for it, and fails once it is gone. */
export function markUsed(
  tenant: Tenant,
  used: { readonly customer: string; readonly until: UsedUntil; readonly span: UseSpan },
  now: string,
): GuardedWrite[] {
  const { customer, until, span } = used;
  if (until !== null && until >= addDuration(now, span.renewed)) return [];
  const mark = { until: addDuration(now, span.kept) };
  return [putUnchanged(tenant, { ...markKey(tenant, customer), ...mark }, until)];
}

/** With the deletion: whatever is still on its way to the customer fails. */
export const endUse = (
  tenant: Tenant,
  used: { readonly customer: string; readonly until: UsedUntil },
  now: string,
): GuardedWrite =>
  putUnchanged(
    tenant,
    {
      ...markKey(tenant, used.customer),
      ...{ gone: true, ttl: dayAfter(now) },
    },
    used.until,
  );

function putUnchanged({ table }: Tenant, item: Key & Item, until: UsedUntil): GuardedWrite {
  const isSame = until === null ? "attribute_not_exists(#until)" : "#until = :read";
  return {
    write: {
      Put: {
        TableName: table,
        Item: item,
        ConditionExpression: `attribute_not_exists(gone) AND ${isSame}`,
        ExpressionAttributeNames: { "#until": "until" },
        ...(until === null ? {} : { ExpressionAttributeValues: { ":read": until } }),
      },
    },
    ifRejected: "write.conflict",
  };
}
