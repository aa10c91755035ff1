import {
  type GuardedWrite,
  type Item,
  type Key,
  keyText,
  loadItem,
  loadItems,
  putNew,
  putVersioned,
  queryPage,
  removeItem,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type Application, applicationSchema, type Payment, paymentSchema } from "./payment.ts";

export const paymentKey = (tenant: Pick<Tenant, "agency">, id: string): Key => ({
  pk: tenantKey(tenant, "PAY", id),
  sk: "PAY",
});

export async function loadPayment(tenant: Tenant, id: string): Promise<Payment | undefined> {
  const item = await loadItem(tenant, paymentKey(tenant, id));
  return item ? paymentSchema.parse(item) : undefined;
}

export const savePayment = (tenant: Tenant, payment: Payment): GuardedWrite =>
  putVersioned(
    tenant,
    {
      ...paymentKey(tenant, payment.id),
      customerKey: tenantKey(tenant, "C", payment.customer, "PAY"),
      agencyKey: tenantKey(tenant, "PAY"),
      dateKey: `${payment.receivedAt.slice(0, 10)}#${payment.id}`,
    },
    payment,
  );

/** An application is a child of the money that it moved. */
const applicationKey = (
  tenant: Pick<Tenant, "agency">,
  source: Pick<Application, "payment" | "credit">,
  id: string,
): Key => ({
  pk: source.payment
    ? tenantKey(tenant, "PAY", source.payment)
    : tenantKey(tenant, "CRE", source.credit ?? ""),
  sk: `APPL#${id}`,
});

export const saveApplication = (tenant: Tenant, application: Application): GuardedWrite =>
  putNew(
    tenant,
    { ...applicationKey(tenant, application, application.id), ...application },
    "write.conflict",
  );

/** An undone application leaves the table; the journal keeps both its making and its undoing. */
export const removeApplication = (tenant: Tenant, application: Application): GuardedWrite =>
  removeItem(tenant, applicationKey(tenant, application, application.id));

/** The named applications of one payment; missing ones are left out. */
export async function loadApplications(
  tenant: Tenant,
  payment: Payment["id"],
  ids: readonly string[],
): Promise<Application[]> {
  const keys = ids.map((id) => applicationKey(tenant, { payment, credit: null }, id));
  const found = await loadItems(tenant, keys);
  return keys.flatMap((key) => {
    const item = found.get(keyText(key));
    return item ? [applicationSchema.parse(item)] : [];
  });
}

/** Newest first, at most `limit`. */
export async function listApplications(
  tenant: Tenant,
  source: { readonly payment: string } | { readonly credit: string },
  limit: number,
): Promise<Application[]> {
  const pk =
    "payment" in source
      ? tenantKey(tenant, "PAY", source.payment)
      : tenantKey(tenant, "CRE", source.credit);
  const page = await queryPage(tenant, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :child)",
    ExpressionAttributeValues: { ":pk": pk, ":child": "APPL#" },
    ScanIndexForward: false,
    ConsistentRead: true,
    Limit: limit,
  });
  return page.items.map((item: Item) => applicationSchema.parse(item));
}
