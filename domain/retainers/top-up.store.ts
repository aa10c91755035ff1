import type { Id } from "../shared/ids.ts";
import {
  type GuardedWrite,
  loadItem,
  putVersioned,
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

export const saveTopUp = (tenant: Tenant, topUp: TopUp): GuardedWrite =>
  putVersioned(tenant, keyOf(tenant, topUp), topUp);
