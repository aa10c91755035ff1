import { loadAgencyWithLogo } from "../../../domain/agencies/agency.store.ts";
import { operation } from "../../kit/operation.ts";
import { agenciesRoutes } from "./routes.ts";
import { agencyView } from "./view.ts";

export const getAgency = operation(agenciesRoutes.getAgency, async (call) => ({
  status: 200,
  body: agencyView(await loadAgencyWithLogo(call.tenant)),
}));
