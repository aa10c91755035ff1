import { accountKey } from "../customers/customer.store.ts";
import { journalPartition, journalPrefix } from "../customers/journal.store.ts";
import type { HeadKind } from "../shared/head.ts";
import {
  type Item,
  indexNames,
  keyText,
  loadItem,
  loadItems,
  queryAll,
  queryPage,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";

/** Everything here is handed over as it is stored: whoever looks for damage parses it himself. */
const itemsPerPage = 200;

/** A customer's journal, oldest record first. */
export async function* readStoredRecords(
  tenant: Tenant,
  customer: string,
): AsyncGenerator<Item, void> {
  let lastKey: Item | undefined;
  do {
    const page = await queryPage(tenant, {
      KeyConditionExpression: "pk = :journal AND begins_with(sk, :record)",
      ExpressionAttributeValues: {
        ":journal": journalPartition(tenant, customer),
        ":record": journalPrefix,
      },
      ConsistentRead: true,
      Limit: itemsPerPage,
      ...(lastKey ? { ExclusiveStartKey: lastKey } : {}),
    });
    yield* page.items;
    lastKey = page.lastKey;
  } while (lastKey);
}

export const loadStoredAccount = (tenant: Tenant, customer: string): Promise<Item | undefined> =>
  loadItem(tenant, accountKey(tenant, customer));

/** The records of a kind, of the agency or of one customer: found through an index, read consistently. */
export async function* readStoredHeads(
  tenant: Tenant,
  kind: HeadKind,
  customer?: string,
): AsyncGenerator<readonly Item[], void> {
  const index = customer === undefined ? "byAgency" : "byCustomer";
  const key = customer === undefined ? "agencyKey" : "customerKey";
  const partition =
    customer === undefined ? tenantKey(tenant, kind) : tenantKey(tenant, "C", customer, kind);
  let lastKey: Item | undefined;
  do {
    const page = await queryPage(tenant, {
      IndexName: indexNames[index],
      KeyConditionExpression: `${key} = :partition`,
      ExpressionAttributeValues: { ":partition": partition },
      Limit: itemsPerPage,
      ...(lastKey ? { ExclusiveStartKey: lastKey } : {}),
    });
    yield await loadStoredHeads(
      tenant,
      kind,
      page.items.map(({ id }) => String(id)),
    );
    lastKey = page.lastKey;
  } while (lastKey);
}

/** Those of some records that exist. */
export async function loadStoredHeads(
  tenant: Tenant,
  kind: HeadKind,
  ids: readonly string[],
): Promise<Item[]> {
  const keys = ids.map((id) => ({ pk: tenantKey(tenant, kind, id), sk: kind }));
  const found = await loadItems(tenant, keys);
  return keys.map((key) => found.get(keyText(key))).filter((item) => item !== undefined);
}

/** What a payment or a credit paid: its children. */
export const listStoredApplications = (
  tenant: Tenant,
  kind: Extract<HeadKind, "PAY" | "CRE">,
  id: string,
): Promise<Item[]> =>
  queryAll(tenant, {
    KeyConditionExpression: "pk = :source AND begins_with(sk, :child)",
    ExpressionAttributeValues: { ":source": tenantKey(tenant, kind, id), ":child": "APPL#" },
    ConsistentRead: true,
  });
