import type { Id } from "../shared/ids.ts";
import {
  dayAfter,
  type GuardedWrite,
  holdPresent,
  indexNames,
  type Key,
  keyText,
  loadItem,
  loadItems,
  putVersioned,
  queryPage,
  removeVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { release, reserve } from "../shared/unique.store.ts";
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

/** Fails the transaction when the customer was deleted meanwhile. */
export const holdStanding = (tenant: Tenant, id: string): GuardedWrite =>
  holdPresent(tenant, customerKey(tenant, id));

export const removeCustomer = (tenant: Tenant, { id, version }: Customer): GuardedWrite =>
  removeVersioned(tenant, customerKey(tenant, id), version);

export async function loadAccount(tenant: Tenant, customer: Id<"customer">): Promise<Account> {
  const item = await loadItem(tenant, accountKey(tenant, customer));
  return item ? accountSchema.parse(item) : emptyAccount(customer);
}

export const saveAccount = (tenant: Tenant, account: Account): GuardedWrite =>
  putVersioned(tenant, accountKey(tenant, account.customer), account);

/**
 * Goes with its customer. Whoever read it before can book nothing on it any more: so it is read before the
 * customer. Money that Stripe tells of all the same finds it, and keeps it.
 */
export const closeAccount = (tenant: Tenant, account: Account, now: string): GuardedWrite =>
  putVersioned(
    tenant,
    { ...accountKey(tenant, account.customer), ttl: dayAfter(now) },
    { ...account, version: account.version + 1 },
  );

/** Both in one call. A customer without a history has an empty account. */
export async function loadCustomerAccount(
  tenant: Tenant,
  id: string,
): Promise<{ readonly customer: Customer; readonly account: Account } | undefined> {
  const keys = { customer: customerKey(tenant, id), account: accountKey(tenant, id) };
  const found = await loadItems(tenant, [keys.customer, keys.account]);
  const item = found.get(keyText(keys.customer));
  if (!item) return undefined;
  const customer = customerSchema.parse(item);
  const known = found.get(keyText(keys.account));
  return { customer, account: known ? accountSchema.parse(known) : emptyAccount(customer.id) };
}

/** The agency's own id for a customer belongs to one customer only. */
export const reserveInternalId = (
  tenant: Tenant,
  { internalId, id }: Pick<Customer, "internalId" | "id">,
): GuardedWrite[] =>
  internalId === null
    ? []
    : [
        reserve(
          tenant,
          { what: "internal-id", value: internalId, owner: id },
          "customer.internal-id-taken",
        ),
      ];

export const releaseInternalId = (
  tenant: Tenant,
  { internalId }: Pick<Customer, "internalId">,
): GuardedWrite[] => (internalId === null ? [] : [release(tenant, "internal-id", internalId)]);

const documentKinds = ["INV", "QUO", "PAY", "CRE", "REC", "PRE", "DOC"] as const;

/** Whether anything refers to the customer, drafts included. */
export async function hasDocuments(tenant: Tenant, customer: string): Promise<boolean> {
  const pages = await Promise.all(
    documentKinds.map((kind) =>
      queryPage(tenant, {
        IndexName: indexNames.byCustomer,
        KeyConditionExpression: "customerKey = :kind",
        ExpressionAttributeValues: { ":kind": tenantKey(tenant, "C", customer, kind) },
        Limit: 1,
      }),
    ),
  );
  return pages.some(({ items }) => items.length > 0);
}
