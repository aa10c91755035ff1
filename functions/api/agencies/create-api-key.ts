import { mayAct } from "../../../domain/agencies/agency.ts";
import { createKey } from "../../../domain/agencies/api-key.store.ts";
import type { ApiKey } from "../../../domain/agencies/api-key.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { newKeyText } from "../../kit/api-key-text.ts";
import { eventOf } from "../../kit/event-record.ts";
import { hashText } from "../../kit/idempotency.ts";
import { operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { agenciesRoutes } from "./routes.ts";
import { apiKeyView } from "./view.ts";

/** Nobody hands out more than they have themselves. */
export const createApiKey = operation(agenciesRoutes.createApiKey, async (call) => {
  const { name, role } = call.body();
  const { deps, now, principal } = call;
  if (!mayAct(principal.role, role)) {
    throw new Refused(refuse("role.too-low", `Only an ${role} can give the role ${role}.`));
  }
  const text = newKeyText(deps);
  const key: ApiKey = {
    id: newId("key", Date.parse(now), deps.random(10)),
    agency: principal.agency,
    name,
    role,
    hash: hashText(text),
    revokedAt: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  return {
    status: 201,
    body: { ...apiKeyView(key), key: text },
    // Shown this once: what is stored for a repeated request has no text.
    replayBody: apiKeyView(key),
    writes: [
      ...createKey(deps.platform, key),
      eventOf(call, { type: "api-key.created", subject: key.id, data: { name, role } }),
    ],
  };
});
