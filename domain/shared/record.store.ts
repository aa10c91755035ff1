import type { EventRecord } from "./event.ts";
import { type JournalRecord, storedRecord } from "./journal.ts";
import { type GuardedWrite, putNew, type Tenant, tenantKey } from "./table.store.ts";

/** J# and E# records are the outbox: the stream turns each into events, at least once. */
export function saveJournalRecord(tenant: Tenant, record: JournalRecord): GuardedWrite {
  const pk = tenantKey(tenant, "C", record.customer);
  const sk = journalSk(record.seq);
  return putNew(
    tenant,
    { pk, sk, agency: tenant.agency, ...storedRecord(record) },
    "write.conflict",
  );
}

export const journalSk = (seq: number): string => `J#${String(seq).padStart(12, "0")}`;

export function saveEventRecord(tenant: Tenant, record: EventRecord): GuardedWrite {
  const pk = record.customer ? tenantKey(tenant, "C", record.customer) : tenantKey(tenant);
  const sk = `E#${record.id.slice(4)}`;
  return putNew(tenant, { pk, sk, agency: tenant.agency, ...record }, "write.conflict");
}
