import { loadKey, loadKeys } from "../../../domain/agencies/api-key.store.ts";
import type { ApiKey } from "../../../domain/agencies/api-key.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { listPage } from "../../kit/listing.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { agenciesRoutes } from "./routes.ts";
import { apiKeyView } from "./view.ts";

/** The key that the path names. A revoked one is as unknown as none. */
export async function requireKey({ tenant, params }: Call): Promise<ApiKey> {
  const key = await loadKey(tenant, params.id ?? "");
  if (!key || key.revokedAt !== null) {
    throw new Refused(refuse("api-key.not-found", "There is no such key."));
  }
  return key;
}

export const getApiKey = operation(agenciesRoutes.getApiKey, async (call) => ({
  status: 200,
  body: apiKeyView(await requireKey(call)),
}));

export const listApiKeys = operation(agenciesRoutes.listApiKeys, async (call) => {
  const query = call.query();
  const listing = { kind: "KEY", filters: [] };
  const ids = await listPage(call.tenant, { listing, query }, ({ id }) => String(id));
  const keys = await loadKeys(call.tenant, ids.docs);
  return { status: 200, body: { ...ids, docs: keys.map(apiKeyView) } };
});
