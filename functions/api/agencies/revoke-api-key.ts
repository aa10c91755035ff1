import { mayAct } from "../../../domain/agencies/agency.ts";
import { revokeKey } from "../../../domain/agencies/api-key.store.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { requireKey } from "./read-api-keys.ts";
import { agenciesRoutes } from "./routes.ts";

/** Nobody takes away what they couldn't have given. */
export const revokeApiKey = operation(agenciesRoutes.revokeApiKey, async (call) => {
  const key = await requireKey(call);
  call.body();
  call.requireVersion(key);
  const { id, name, role } = key;
  if (!mayAct(call.principal.role, role)) {
    throw new Refused(refuse("role.too-low", `Only an ${role} can revoke an ${role}'s key.`));
  }
  const revoked = {
    ...key,
    revokedAt: call.now,
    updatedAt: call.now,
    version: key.version + 1,
  };
  return {
    status: 204,
    writes: [
      ...revokeKey(call.deps.platform, revoked),
      eventOf(call, { type: "api-key.revoked", subject: id, data: { name, role } }),
    ],
  };
});
