import { type JournalRecord, journalRecordSchema } from "../shared/journal.ts";
import { journalSk } from "../shared/record.store.ts";
import { loadItem, type Tenant, tenantKey } from "../shared/table.store.ts";

/** The journal stands beside the account that it explains, in the order of its numbers. */
export const journalPartition = (tenant: Pick<Tenant, "agency">, customer: string): string =>
  tenantKey(tenant, "C", customer);
export const journalPrefix = "J#";

/** Undefined: the journal has no such number. */
export async function loadRecord(
  tenant: Tenant,
  customer: string,
  seq: number,
): Promise<JournalRecord | undefined> {
  const item = await loadItem(tenant, {
    pk: journalPartition(tenant, customer),
    sk: journalSk(seq),
  });
  return item ? journalRecordSchema.parse(item) : undefined;
}
