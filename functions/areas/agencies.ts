import { connectStripe } from "../api/agencies/connect-stripe.ts";
import { createApiKey } from "../api/agencies/create-api-key.ts";
import { getAgency } from "../api/agencies/get-agency.ts";
import { getStripeAccount } from "../api/agencies/get-stripe-account.ts";
import { listEvents } from "../api/agencies/list-events.ts";
import { patchAgency } from "../api/agencies/patch-agency.ts";
import { getApiKey, listApiKeys } from "../api/agencies/read-api-keys.ts";
import { revokeApiKey } from "../api/agencies/revoke-api-key.ts";
import { getOpenApi } from "../api/docs/get-openapi.ts";
import { buildArea } from "../kit/area.ts";

// Nearly every request is for one of its own; only a 404 or 405 needs to know all routes.
export const build = buildArea(
  {
    area: "agencies",
    operations: [
      getAgency,
      patchAgency,
      createApiKey,
      listApiKeys,
      getApiKey,
      revokeApiKey,
      listEvents,
      connectStripe,
      getStripeAccount,
      getOpenApi,
    ],
  },
  async () => (await import("../routes.ts")).routes,
);
