import {
  type GuardedWrite,
  type Key,
  keyText,
  loadItems,
  putVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type MailAddress, mailAddressSchema } from "./mail-address.ts";

const addressKey = (tenant: Pick<Tenant, "agency">, email: string): Key => ({
  pk: tenantKey(tenant, "ADDRESS", email.toLowerCase()),
  sk: "ADDRESS",
});

/** What is known of addresses, in their order; of nearly all of them nothing is. */
export async function loadMailAddresses(
  tenant: Tenant,
  emails: readonly string[],
): Promise<(MailAddress | undefined)[]> {
  const keys = emails.map((email) => addressKey(tenant, email));
  const found = await loadItems(tenant, keys);
  return keys.map((key) => {
    const item = found.get(keyText(key));
    return item && mailAddressSchema.parse(item);
  });
}

export const saveMailAddress = (tenant: Tenant, address: MailAddress): GuardedWrite =>
  putVersioned(tenant, addressKey(tenant, address.email), address);
