import { addDuration, epochMsOf } from "../shared/calendar.ts";
import {
  type GuardedWrite,
  indexNames,
  type Key,
  loadItem,
  putVersioned,
  queryAll,
  removeVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type StoredFile, storedFileSchema } from "./stored-file.ts";

export const fileKind = "DOC";

const fileKey = (tenant: Pick<Tenant, "agency">, id: string): Key => ({
  pk: tenantKey(tenant, fileKind, id),
  sk: fileKind,
});

export async function loadFile(tenant: Tenant, id: string): Promise<StoredFile | undefined> {
  const item = await loadItem(tenant, fileKey(tenant, id));
  return item ? storedFileSchema.parse(item) : undefined;
}

/** What never became available is of use to nobody for long. */
const unusedKept = "P7D";

export function saveFile(tenant: Tenant, stored: StoredFile): GuardedWrite {
  const { id, customer, createdAt, status } = stored;
  const forgotten = Math.floor(epochMsOf(addDuration(createdAt, unusedKept)) / 1_000);
  return putVersioned(
    tenant,
    {
      ...fileKey(tenant, id),
      customerKey: tenantKey(tenant, "C", customer, fileKind),
      agencyKey: tenantKey(tenant, fileKind),
      dateKey: `${createdAt.slice(0, 10)}#${id}`,
      ...(status === "Available" ? {} : { ttl: forgotten }),
    },
    stored,
  );
}

export const removeFile = (tenant: Tenant, { id, version }: StoredFile): GuardedWrite =>
  removeVersioned(tenant, fileKey(tenant, id), version);

/** All that are attached to one record, uploaded or not. The index may lag behind by a moment. */
export async function listFilesOf(
  tenant: Tenant,
  { customer, attachedTo }: Pick<StoredFile, "customer" | "attachedTo">,
): Promise<StoredFile["id"][]> {
  const items = await queryAll(tenant, {
    IndexName: indexNames.byCustomer,
    KeyConditionExpression: "customerKey = :customer",
    FilterExpression: "#row.attachedTo = :record",
    ExpressionAttributeNames: { "#row": "row" },
    ExpressionAttributeValues: {
      ":customer": tenantKey(tenant, "C", customer, fileKind),
      ":record": attachedTo,
    },
  });
  return items.map((item) => storedFileSchema.shape.id.parse(item.id));
}
