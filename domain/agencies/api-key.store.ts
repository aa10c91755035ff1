import {
  type GuardedWrite,
  indexNames,
  loadItem,
  type Platform,
  platformKey,
  putNew,
  putVersioned,
  queryAll,
  removeItem,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type ApiKey, apiKeySchema } from "./api-key.ts";

const placeOf = (tenant: Pick<Tenant, "agency">, id: string) => ({
  pk: tenantKey(tenant, "KEY", id),
  sk: "KEY",
});

/** Authentication: one read by the hash of what the caller sent. A revoked key has no such record. */
export async function loadKeyByHash(platform: Platform, hash: string): Promise<ApiKey | undefined> {
  const item = await loadItem(platform, platformKey("KEY", hash));
  return item ? apiKeySchema.parse(item) : undefined;
}

export async function loadKey(tenant: Tenant, id: string): Promise<ApiKey | undefined> {
  const item = await loadItem(tenant, placeOf(tenant, id));
  return item ? apiKeySchema.parse(item) : undefined;
}

/** The agency's own list of keys; an agency has few. */
export async function listKeys(tenant: Tenant): Promise<ApiKey[]> {
  const items = await queryAll(tenant, {
    IndexName: indexNames.byAgency,
    KeyConditionExpression: "agencyKey = :agency",
    ExpressionAttributeValues: { ":agency": tenantKey(tenant, "KEY") },
    ScanIndexForward: false,
  });
  const keys = await Promise.all(items.map(({ id }) => loadKey(tenant, String(id))));
  return keys.filter((key) => key !== undefined);
}

export function createKey(platform: Platform, key: ApiKey): GuardedWrite[] {
  return [
    putVersioned(platform, tenantPlace(key), key),
    putNew(platform, { ...platformKey("KEY", key.hash), ...key }, "write.conflict"),
  ];
}

/** Revoking removes the record that authenticates and keeps the agency's own. */
export function revokeKey(platform: Platform, key: ApiKey): GuardedWrite[] {
  return [
    putVersioned(platform, tenantPlace(key), key),
    removeItem(platform, platformKey("KEY", key.hash)),
  ];
}

const tenantPlace = (key: ApiKey) => ({
  ...placeOf(key, key.id),
  agencyKey: tenantKey(key, "KEY"),
  dateKey: `${key.createdAt}#${key.id}`,
});
