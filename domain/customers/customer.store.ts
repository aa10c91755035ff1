import type { Id } from "../shared/ids.ts";
import {
  type GuardedWrite,
  type Key,
  loadItem,
  putVersioned,
  removeVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type Account, accountSchema, emptyAccount } from "./account.ts";
import { type Customer, customerSchema } from "./customer.ts";

export const customerKey = (tenant: Pick<Tenant, "agency">, id: string): Key => ({
  pk: tenantKey(tenant, "CUS", id),
  sk: "CUS",
});

export const accountKey = (tenant: Pick<Tenant, "agency">, customer: string): Key => ({
  pk: tenantKey(tenant, "C", customer),
  sk: "ACCOUNT",
});

export async function loadCustomer(tenant: Tenant, id: string): Promise<Customer | undefined> {
  const item = await loadItem(tenant, customerKey(tenant, id));
  return item ? customerSchema.parse(item) : undefined;
}

export function saveCustomer(tenant: Tenant, customer: Customer): GuardedWrite {
  return putVersioned(
    tenant,
    {
      ...customerKey(tenant, customer.id),
      agencyKey: tenantKey(tenant, "CUS"),
      dateKey: `${customer.createdAt.slice(0, 10)}#${customer.id}`,
    },
    customer,
  );
}

export const removeCustomer = (tenant: Tenant, { id, version }: Customer): GuardedWrite =>
  removeVersioned(tenant, customerKey(tenant, id), version);

export async function loadAccount(tenant: Tenant, customer: Id<"customer">): Promise<Account> {
  const item = await loadItem(tenant, accountKey(tenant, customer));
  return item ? accountSchema.parse(item) : emptyAccount(customer);
}

export const saveAccount = (tenant: Tenant, account: Account): GuardedWrite =>
  putVersioned(tenant, accountKey(tenant, account.customer), account);
