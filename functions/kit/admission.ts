import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { epochMsOf } from "../../domain/shared/calendar.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import type { Deps } from "./deps.ts";
import type { Payer } from "./limiter.ts";
import type { Principal } from "./operation.ts";
import { addressOf } from "./origin.ts";
import { credentialIn, principalOf } from "./principal.ts";
import { Refused } from "./refused.ts";
import type { Route } from "./route.ts";

const pay = ({ limiter, now }: Deps, payers: readonly Payer[], credential?: string): void =>
  limiter?.pay(payers, epochMsOf(now()), credential);

function payFromAddress(deps: Deps, event: APIGatewayProxyEventV2): void {
  pay(deps, [["address", addressOf(event)]]);
}

/** Stripe sends as much as happens there, and signs it; everybody else without a log-in is counted. */
export function admitAnybody(deps: Deps, route: Route, event: APIGatewayProxyEventV2): void {
  if (route.area !== "stripe-webhook") payFromAddress(deps, event);
}

/** Who asks, and whether they may ask yet again. Whoever isn't let in is counted by address. */
export async function admitted(
  deps: Deps,
  route: Route,
  event: APIGatewayProxyEventV2,
): Promise<Principal> {
  const credential = credentialIn(route, event);
  if (credential) deps.limiter?.requireWaited(credential, epochMsOf(deps.now()));
  const principal = await principalOf(deps, route, event).catch((error: unknown) => {
    if (error instanceof Refused) payFromAddress(deps, event);
    throw error;
  });
  const { agency, name, contact } = principal;
  const payers: Payer[] = contact
    ? [["session", `${agency} ${name}`]]
    : [
        ["key", name],
        ["agency", agency],
      ];
  pay(deps, payers, credential);
  return principal;
}

/** Beside the work, so that nobody waits for it. */
export function shareOf(deps: Deps, principal: Principal, tenant: Tenant): Promise<void> {
  if (!deps.limiter || principal.contact) return Promise.resolve();
  return deps.limiter.share(tenant, epochMsOf(deps.now()));
}
