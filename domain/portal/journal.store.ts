import { journalPartition, journalPrefix } from "../customers/journal.store.ts";
import { type JournalRecord, journalRecordSchema } from "../shared/journal.ts";
import { type Item, queryPage, type Tenant } from "../shared/table.store.ts";

/** Newest first, consistently; a page is what one read brings. */
async function newestPage(
  tenant: Tenant,
  customer: string,
  { limit, from }: { readonly limit: number; readonly from?: Item | undefined },
) {
  const page = await queryPage(tenant, {
    KeyConditionExpression: "pk = :journal AND begins_with(sk, :record)",
    ExpressionAttributeValues: {
      ":journal": journalPartition(tenant, customer),
      ":record": journalPrefix,
    },
    ScanIndexForward: false,
    ConsistentRead: true,
    Limit: limit,
    ...(from ? { ExclusiveStartKey: from } : {}),
  });
  return { ...page, records: page.items.map((item) => journalRecordSchema.parse(item)) };
}

/** The newest records, oldest of them first. */
export async function listNewestRecords(
  tenant: Tenant,
  customer: string,
  limit: number,
): Promise<JournalRecord[]> {
  return (await newestPage(tenant, customer, { limit })).records.reverse();
}

const pageSize = 200;

/** Every record from an instant on, oldest first, and the last one before it. */
export async function listRecordsSince(
  tenant: Tenant,
  customer: string,
  since: string,
): Promise<{ readonly before: JournalRecord | undefined; readonly records: JournalRecord[] }> {
  const records: JournalRecord[] = [];
  let from: Item | undefined;
  do {
    const page = await newestPage(tenant, customer, { limit: pageSize, from });
    for (const record of page.records) {
      if (record.at < since) return { before: record, records: records.reverse() };
      records.push(record);
    }
    from = page.lastKey;
  } while (from);
  return { before: undefined, records: records.reverse() };
}
