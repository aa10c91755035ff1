import { instantOfMs } from "../shared/calendar.ts";
import { type GuardedWrite, loadItem, type Tenant, tenantKey } from "../shared/table.store.ts";

/** Long enough that the table's own clean-up never takes a window that counts. */
const keptS = 3_600;

const keyOf = (tenant: Pick<Tenant, "agency">, startMs: number) => ({
  pk: tenantKey(tenant, "RATE"),
  sk: instantOfMs(startMs),
});

/** How many requests of a window the functions have told of so far. */
export async function loadRate(tenant: Tenant, startMs: number): Promise<number> {
  const item = await loadItem(tenant, keyOf(tenant, startMs));
  return Number(item?.requests ?? 0);
}

export const addToRate = (tenant: Tenant, startMs: number, requests: number): GuardedWrite => ({
  write: {
    Update: {
      TableName: tenant.table,
      Key: keyOf(tenant, startMs),
      UpdateExpression: "ADD #requests :more SET #ttl = :ttl",
      ExpressionAttributeNames: { "#requests": "requests", "#ttl": "ttl" },
      ExpressionAttributeValues: {
        ":more": requests,
        ":ttl": Math.floor(startMs / 1_000) + keptS,
      },
    },
  },
  ifRejected: "write.conflict",
});
