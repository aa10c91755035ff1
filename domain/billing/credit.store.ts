import {
  type GuardedWrite,
  type Key,
  loadItem,
  putVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type Credit, creditSchema } from "./credit.ts";

export const creditKey = (tenant: Pick<Tenant, "agency">, id: string): Key => ({
  pk: tenantKey(tenant, "CRE", id),
  sk: "CRE",
});

export async function loadCredit(tenant: Tenant, id: string): Promise<Credit | undefined> {
  const item = await loadItem(tenant, creditKey(tenant, id));
  return item ? creditSchema.parse(item) : undefined;
}

export const saveCredit = (tenant: Tenant, credit: Credit): GuardedWrite =>
  putVersioned(
    tenant,
    {
      ...creditKey(tenant, credit.id),
      customerKey: tenantKey(tenant, "C", credit.customer, "CRE"),
      agencyKey: tenantKey(tenant, "CRE"),
      dateKey: `${credit.date}#${credit.id}`,
    },
    credit,
  );
