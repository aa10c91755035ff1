import { epochMsOf } from "../shared/calendar.ts";
import {
  type GuardedWrite,
  type Key,
  loadItem,
  putVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { forgottenAt, type InvoiceZip, invoiceZipSchema } from "./invoice-zip.ts";

const zipKey = (tenant: Pick<Tenant, "agency">, id: string): Key => ({
  pk: tenantKey(tenant, "ZIP", id),
  sk: "ZIP",
});

export async function loadZip(tenant: Tenant, id: string): Promise<InvoiceZip | undefined> {
  const item = await loadItem(tenant, zipKey(tenant, id));
  return item ? invoiceZipSchema.parse(item) : undefined;
}

export const saveZip = (tenant: Tenant, zip: InvoiceZip): GuardedWrite =>
  putVersioned(
    tenant,
    { ...zipKey(tenant, zip.id), ttl: Math.floor(epochMsOf(forgottenAt(zip)) / 1_000) },
    zip,
  );
