import {
  type GuardedWrite,
  loadItem,
  putVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type Followed, followedSchema } from "./follow-up.ts";

const keyOf = (tenant: Pick<Tenant, "agency">, invoice: string) => ({
  pk: tenantKey(tenant, "INV", invoice),
  sk: "FOLLOWED",
});

export async function loadFollowed(tenant: Tenant, invoice: string): Promise<Followed | undefined> {
  const item = await loadItem(tenant, keyOf(tenant, invoice));
  return item ? followedSchema.parse(item) : undefined;
}

export const saveFollowed = (tenant: Tenant, invoice: string, followed: Followed): GuardedWrite =>
  putVersioned(tenant, keyOf(tenant, invoice), followed);
