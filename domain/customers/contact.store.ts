import type { Id } from "../shared/ids.ts";
import { mailboxOf } from "../shared/mailbox.ts";
import {
  type GuardedWrite,
  holdAbsent,
  type Key,
  keyText,
  loadItem,
  loadItems,
  putNew,
  putVersioned,
  queryAll,
  removeItem,
  removeVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type Contact, contactSchema, emptyRoster, type Roster, rosterSchema } from "./contact.ts";

/** Contacts are children of their customer, so that its own ones are read consistently. */
export const contactsPartition = (tenant: Pick<Tenant, "agency">, customer: string): string =>
  tenantKey(tenant, "CUS", customer);
export const contactPrefix = "CON#";

const contactKey = (tenant: Pick<Tenant, "agency">, customer: string, id: string): Key => ({
  pk: contactsPartition(tenant, customer),
  sk: `${contactPrefix}${id}`,
});

const rosterKey = (tenant: Pick<Tenant, "agency">, customer: string): Key => ({
  pk: contactsPartition(tenant, customer),
  sk: "CONTACTS",
});

/** One item per address and customer: it keeps the address unique there and finds all its customers. */
const emailKey = (
  tenant: Pick<Tenant, "agency">,
  { email, customer }: Pick<Contact, "email" | "customer">,
): Key => ({ pk: mailboxKey(tenant, mailboxOf(tenant.agency, email)), sk: customer });

const mailboxKey = (tenant: Pick<Tenant, "agency">, mailbox: string): string =>
  tenantKey(tenant, "EMAIL", mailbox);

export async function loadContact(
  tenant: Tenant,
  customer: string,
  id: string,
): Promise<Contact | undefined> {
  const item = await loadItem(tenant, contactKey(tenant, customer, id));
  return item ? contactSchema.parse(item) : undefined;
}

/** All contacts of a customer, oldest first. */
export async function listContacts(tenant: Tenant, customer: string): Promise<Contact[]> {
  const items = await queryAll(tenant, {
    KeyConditionExpression: "pk = :customer AND begins_with(sk, :contact)",
    ExpressionAttributeValues: {
      ":customer": contactsPartition(tenant, customer),
      ":contact": contactPrefix,
    },
    ConsistentRead: true,
  });
  return items.map((item) => contactSchema.parse(item));
}

/** Who uses an address: at most one contact per customer of the agency. */
export const listContactsByEmail = (tenant: Tenant, email: string): Promise<Contact[]> =>
  listContactsByMailbox(tenant, mailboxOf(tenant.agency, email));

export async function listContactsByMailbox(tenant: Tenant, mailbox: string): Promise<Contact[]> {
  const guards = await queryAll(tenant, {
    KeyConditionExpression: "pk = :email",
    ExpressionAttributeValues: { ":email": mailboxKey(tenant, mailbox) },
    ConsistentRead: true,
  });
  const keys = guards.map((guard) =>
    contactKey(tenant, String(guard.customer), String(guard.contact)),
  );
  const found = await loadItems(tenant, keys);
  return keys.flatMap((key) => {
    const item = found.get(keyText(key));
    return item ? [contactSchema.parse(item)] : [];
  });
}

export async function loadRoster(tenant: Tenant, customer: string): Promise<Roster> {
  const item = await loadItem(tenant, rosterKey(tenant, customer));
  return item ? rosterSchema.parse(item) : emptyRoster;
}

export const saveRoster = (
  tenant: Tenant,
  customer: Id<"customer">,
  roster: Roster,
): GuardedWrite => putVersioned(tenant, rosterKey(tenant, customer), roster);

/** Fails the transaction when somebody was added since none was there. */
export const holdNoRoster = (tenant: Tenant, customer: string): GuardedWrite =>
  holdAbsent(tenant, rosterKey(tenant, customer));

export const removeRoster = (
  tenant: Tenant,
  customer: Id<"customer">,
  { version }: Roster,
): GuardedWrite => removeVersioned(tenant, rosterKey(tenant, customer), version);

export const saveContact = (tenant: Tenant, contact: Contact): GuardedWrite =>
  putVersioned(tenant, contactKey(tenant, contact.customer, contact.id), contact);

export const removeContactItem = (tenant: Tenant, contact: Contact): GuardedWrite =>
  removeVersioned(tenant, contactKey(tenant, contact.customer, contact.id), contact.version);

export const reserveEmail = (tenant: Tenant, contact: Contact): GuardedWrite =>
  putNew(
    tenant,
    { ...emailKey(tenant, contact), customer: contact.customer, contact: contact.id },
    "contact.email-taken",
  );

export const releaseEmail = (
  tenant: Tenant,
  contact: Pick<Contact, "email" | "customer">,
): GuardedWrite => removeItem(tenant, emailKey(tenant, contact));
