import type { Id } from "../shared/ids.ts";
import {
  type GuardedWrite,
  loadItem,
  putVersioned,
  queryAll,
  removeVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type TopUp, topUpSchema } from "./top-up.ts";

interface Watched {
  readonly customer: Id<"customer">;
  readonly currency: string;
}

const keyOf = (tenant: Pick<Tenant, "agency">, { customer, currency }: Watched) => ({
  pk: tenantKey(tenant, "C", customer),
  sk: `TOP#${currency}`,
});

export async function loadTopUp(tenant: Tenant, watched: Watched): Promise<TopUp | undefined> {
  const item = await loadItem(tenant, keyOf(tenant, watched));
  return item ? topUpSchema.parse(item) : undefined;
}

/** One for each currency that is watched. */
export async function listTopUps(tenant: Tenant, customer: string): Promise<TopUp[]> {
  const items = await queryAll(tenant, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :top)",
    ExpressionAttributeValues: { ":pk": tenantKey(tenant, "C", customer), ":top": "TOP#" },
    ConsistentRead: true,
  });
  return items.map((item) => topUpSchema.parse(item));
}

export const removeTopUp = (tenant: Tenant, topUp: TopUp): GuardedWrite =>
  removeVersioned(tenant, keyOf(tenant, topUp), topUp.version);

export const saveTopUp = (tenant: Tenant, topUp: TopUp): GuardedWrite =>
  putVersioned(tenant, keyOf(tenant, topUp), topUp);
