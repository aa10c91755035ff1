import { mayAct } from "../../../domain/agencies/agency.ts";
import { createKey, listKeys, loadKey, revokeKey } from "../../../domain/agencies/api-key.store.ts";
import type { ApiKey } from "../../../domain/agencies/api-key.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { newKeyText } from "../../kit/api-key-text.ts";
import { eventOf } from "../../kit/event-record.ts";
import { hashText } from "../../kit/idempotency.ts";
import { operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { agenciesRoutes } from "./routes.ts";

const keyView = ({ id, name, role, revokedAt, createdAt, updatedAt, version }: ApiKey) => ({
  ...{ id, name, role, revokedAt, createdAt, updatedAt, version },
});

/** Nobody gives more than they have. */
export const createApiKey = operation(agenciesRoutes.createApiKey, async (call) => {
  const { name, role } = call.body();
  if (!mayAct(call.principal.role, role)) {
    throw new Refused(refuse("role.too-low", `Only an ${role} makes a key of that role.`));
  }
  const text = newKeyText(call.deps);
  const key: ApiKey = {
    id: newId("key", Date.parse(call.now), call.deps.random(10)),
    agency: call.tenant.agency,
    ...{ name, role },
    hash: hashText(text),
    revokedAt: null,
    createdAt: call.now,
    updatedAt: call.now,
    version: 1,
  };
  return {
    status: 201,
    body: { id: key.id, name, role, key: text },
    // Shown this once: what is stored for a repeated request has no text.
    replayBody: { id: key.id, name, role },
    writes: [
      ...createKey(call.deps.platform, key),
      eventOf(call, { type: "api-key.created", subject: key.id, data: { name, role } }),
    ],
  };
});

export const listApiKeys = operation(agenciesRoutes.listApiKeys, async (call) => {
  const docs = (await listKeys(call.tenant)).map(keyView);
  const { length: total } = docs;
  return {
    status: 200,
    body: { docs, page: 1, limit: total, total, pages: Math.min(total, 1), next: null },
  };
});

export const revokeApiKey = operation(agenciesRoutes.revokeApiKey, async (call) => {
  const key = await loadKey(call.tenant, call.params.id ?? "");
  if (!key) throw new Refused(refuse("api-key.not-found", "There is no such key."));
  call.body();
  call.requireVersion(key);
  if (!mayAct(call.principal.role, key.role)) {
    throw new Refused(refuse("role.too-low", `Only an ${key.role} revokes a key of that role.`));
  }
  if (key.revokedAt) return { status: 204 };
  const next = {
    ...key,
    revokedAt: call.now,
    updatedAt: call.now,
    version: key.version + 1,
  };
  return {
    status: 204,
    writes: [
      ...revokeKey(call.deps.platform, next),
      eventOf(call, { type: "api-key.revoked", subject: key.id }),
    ],
  };
});
