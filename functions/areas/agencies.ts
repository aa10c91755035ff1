import { getAgency, patchAgency } from "../api/agencies/agency.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "../api/agencies/api-keys.ts";
import { listEvents } from "../api/agencies/list-events.ts";
import { getOpenApi } from "../api/docs/get-openapi.ts";
import { buildArea } from "../kit/area.ts";
import { routes } from "../routes.ts";

export const build = buildArea(
  {
    area: "agencies",
    operations: [
      getAgency,
      patchAgency,
      createApiKey,
      listApiKeys,
      revokeApiKey,
      listEvents,
      getOpenApi,
    ],
  },
  routes,
);
