import { feedPlacesOf } from "../../domain/agencies/feed.store.ts";
import { contactsPartition } from "../../domain/customers/contact.store.ts";
import type { Contact } from "../../domain/customers/contact.ts";
import { walkPartition } from "../../domain/shared/stored.store.ts";
import {
  type Item,
  indexNames,
  loadItems,
  queryAll,
  type Tenant,
  tenantKey,
} from "../../domain/shared/table.store.ts";
import { isRecord } from "../kit/origin.ts";
import { envelopesOf } from "../publish/envelopes.ts";

type Person = Pick<Contact, "id" | "customer" | "email" | "formerly">;

const documentKinds = ["INV", "QUO", "PAY", "CRE", "REC", "PRE", "DOC", "TOP"] as const;

/**
 * Every item that may tell of a contact or of its customer, as it lies in the table: the customer, its
 * contacts, account and records, its documents with their lines, due items and intents, and the copies of
 * its events that the agency reads.
 */
export async function* placesOf(tenant: Tenant, person: Person): AsyncGenerator<Item> {
  const { customer } = person;
  yield* walkPartition(tenant, contactsPartition(tenant, customer));
  const subjects = new Set<string>();
  for await (const item of walkPartition(tenant, tenantKey(tenant, "C", customer))) {
    yield item;
    if (!isRecord(item)) continue;
    yield* copiesOf(tenant, item);
    for (const [payment] of JSON.stringify(item).matchAll(/pay_[0-9A-Z]{26}/g)) {
      subjects.add(payment);
    }
  }
  for (const kind of documentKinds) yield* documentsOf(tenant, { customer, kind, subjects });
  for (const id of subjects) yield* walkPartition(tenant, tenantKey(tenant, "INTENT", id));
  yield* askedAtTheDoor(tenant, person);
}

async function* documentsOf(
  tenant: Tenant,
  { customer, kind, subjects }: { customer: string; kind: string; subjects: Set<string> },
): AsyncGenerator<Item> {
  const rows = await queryAll(tenant, {
    IndexName: indexNames.byCustomer,
    KeyConditionExpression: "customerKey = :customer",
    ExpressionAttributeValues: { ":customer": tenantKey(tenant, "C", customer, kind) },
  });
  for (const { pk } of rows) {
    subjects.add(String(pk).split("#").at(-1) ?? "");
    yield* walkPartition(tenant, String(pk));
  }
}

/** The copies that the feed keeps of a record's events. */
async function* copiesOf(tenant: Tenant, record: Item): AsyncGenerator<Item> {
  const places = envelopesOf(record).flatMap((envelope) => feedPlacesOf(tenant, envelope));
  yield* (await loadItems(tenant, places)).values();
}

/** Log-ins and registrations that were asked for under the address belong to nobody yet. */
async function* askedAtTheDoor(tenant: Tenant, { email, formerly }: Person): AsyncGenerator<Item> {
  const addresses = [email, ...formerly.filter((text) => text.includes("@"))];
  for await (const item of walkPartition(tenant, tenantKey(tenant), "E#")) {
    const text = JSON.stringify(item).toLowerCase();
    if (!addresses.some((address) => text.includes(address.toLowerCase()))) continue;
    yield item;
    yield* copiesOf(tenant, item);
  }
}
