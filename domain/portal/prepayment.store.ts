import {
  type GuardedWrite,
  type Key,
  keyText,
  loadItem,
  loadItems,
  putVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type Prepayment, prepaymentSchema } from "./prepayment.ts";

export const prepaymentKey = (tenant: Pick<Tenant, "agency">, id: string): Key => ({
  pk: tenantKey(tenant, "PRE", id),
  sk: "PRE",
});

export async function loadPrepayment(tenant: Tenant, id: string): Promise<Prepayment | undefined> {
  const item = await loadItem(tenant, prepaymentKey(tenant, id));
  return item ? prepaymentSchema.parse(item) : undefined;
}

/** In one call, in the order of the ids; missing ones are left out. */
export async function loadPrepayments(
  tenant: Tenant,
  ids: readonly string[],
): Promise<Prepayment[]> {
  if (ids.length === 0) return [];
  const keys = ids.map((id) => prepaymentKey(tenant, id));
  const found = await loadItems(tenant, keys);
  return keys.flatMap((key) => {
    const item = found.get(keyText(key));
    return item ? [prepaymentSchema.parse(item)] : [];
  });
}

export const savePrepayment = (tenant: Tenant, prepayment: Prepayment): GuardedWrite =>
  putVersioned(
    tenant,
    {
      ...prepaymentKey(tenant, prepayment.id),
      customerKey: tenantKey(tenant, "C", prepayment.customer, "PRE"),
      agencyKey: tenantKey(tenant, "PRE"),
      dateKey: `${prepayment.createdAt.slice(0, 10)}#${prepayment.id}`,
    },
    prepayment,
  );
