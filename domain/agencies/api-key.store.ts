import {
  type GuardedWrite,
  keyText,
  loadItem,
  loadItems,
  type Platform,
  platformKey,
  putNew,
  putVersioned,
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

/** Keys by id, in that order, in one call. */
export async function loadKeys(tenant: Tenant, ids: readonly string[]): Promise<ApiKey[]> {
  const places = ids.map((id) => placeOf(tenant, id));
  const found = await loadItems(tenant, places);
  return places.flatMap((place) => {
    const item = found.get(keyText(place));
    return item ? [apiKeySchema.parse(item)] : [];
  });
}

export function createKey(platform: Platform, key: ApiKey): GuardedWrite[] {
  return [
    putVersioned(platform, { ...placeOf(key, key.id), ...listedAs(key) }, key),
    putNew(platform, { ...platformKey("KEY", key.hash), ...key }, "write.conflict"),
  ];
}

/** Revoking removes the record that authenticates and keeps the agency's own, off the list. */
export function revokeKey(platform: Platform, key: ApiKey): GuardedWrite[] {
  return [
    putVersioned(platform, placeOf(key, key.id), key),
    removeItem(platform, platformKey("KEY", key.hash)),
  ];
}

const listedAs = (key: ApiKey) => ({
  agencyKey: tenantKey(key, "KEY"),
  dateKey: `${key.createdAt}#${key.id}`,
});
