import { mailboxOf } from "../shared/mailbox.ts";
import {
  type GuardedWrite,
  type Key,
  keyText,
  loadItems,
  putVersioned,
  removeItem,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type MailAddress, mailAddressSchema } from "./mail-address.ts";

const addressKey = (tenant: Pick<Tenant, "agency">, email: string): Key => ({
  pk: tenantKey(tenant, "ADDRESS", mailboxOf(tenant.agency, email)),
  sk: "ADDRESS",
});

/** What is known of addresses, in their order; of nearly all of them nothing is. */
export async function loadMailAddresses(
  tenant: Tenant,
  emails: readonly string[],
): Promise<(MailAddress | undefined)[]> {
  const keys = emails.map((email) => addressKey(tenant, email));
  const found = await loadItems(tenant, keys);
  return keys.map((key, index) => {
    const item = found.get(keyText(key));
    return item && mailAddressSchema.parse({ ...item, email: emails[index] });
  });
}

/** Without the address itself, which whoever loads it knows. */
export const saveMailAddress = (tenant: Tenant, { email, ...known }: MailAddress): GuardedWrite =>
  putVersioned(tenant, addressKey(tenant, email), known);

export const forgetMailAddress = (tenant: Tenant, email: string): GuardedWrite =>
  removeItem(tenant, addressKey(tenant, email));
