import {
  type GuardedWrite,
  type Key,
  keyText,
  loadItem,
  loadItems,
  putVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type Intent, intentSchema } from "./intent.ts";

const intentKey = (tenant: Pick<Tenant, "agency">, id: string): Key => ({
  pk: tenantKey(tenant, "INTENT", id),
  sk: "INTENT",
});

export async function loadIntent(tenant: Tenant, id: string): Promise<Intent | undefined> {
  const item = await loadItem(tenant, intentKey(tenant, id));
  return item ? intentSchema.parse(item) : undefined;
}

export async function loadIntents(tenant: Tenant, ids: readonly string[]): Promise<Intent[]> {
  if (ids.length === 0) return [];
  const keys = ids.map((id) => intentKey(tenant, id));
  const found = await loadItems(tenant, keys);
  return keys.flatMap((key) => {
    const item = found.get(keyText(key));
    return item ? [intentSchema.parse(item)] : [];
  });
}

export const saveIntent = (tenant: Tenant, intent: Intent): GuardedWrite =>
  putVersioned(tenant, intentKey(tenant, intent.id), intent);
