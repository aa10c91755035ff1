import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { mayAct } from "../../domain/agencies/agency.ts";
import { loadKeyByHash } from "../../domain/agencies/api-key.store.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import type { Deps } from "./deps.ts";
import { hashText } from "./idempotency.ts";
import type { Principal } from "./operation.ts";
import { Refused } from "./refused.ts";
import type { Route } from "./route.ts";
import { contactOf, tokenIn } from "./session-principal.ts";

const unauthenticated = () =>
  new Refused(refuse("auth.missing", "Send a valid API key in the header api-key."), {
    headers: { "www-authenticate": "Bearer" },
  });

/** Who asks. A missing, malformed, unknown or revoked key look the same. */
export async function principalOf(
  deps: Deps,
  route: Route,
  event: APIGatewayProxyEventV2,
): Promise<Principal> {
  if (route.auth === "contact") return contactOf(deps, route, event);
  const text = keyIn(event);
  if (!text) throw unauthenticated();
  const key = await loadKeyByHash(deps.platform, hashText(text));
  if (!key) throw unauthenticated();
  if (!mayAct(key.role, route.role ?? "viewer")) {
    throw new Refused(refuse("role.too-low", `This needs the role ${route.role}.`));
  }
  const { agency, role } = key;
  return { agency, role, actor: { apiKey: key.id }, name: key.id };
}

/** The hash of what a request shows to be let in, before anybody has looked whether it opens anything. */
export function credentialIn(route: Route, event: APIGatewayProxyEventV2): string | undefined {
  const shown = route.auth === "contact" ? tokenIn(event) : keyIn(event);
  return shown && hashText(shown);
}

function keyIn({ headers }: APIGatewayProxyEventV2): string | undefined {
  const given = headers["api-key"] ?? /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1];
  return given && /^[\w-]{20,200}$/.test(given) ? given : undefined;
}
