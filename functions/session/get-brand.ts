import { loadAgencyWithLogo } from "../../domain/agencies/agency.store.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import { operation } from "../kit/operation.ts";
import { Refused } from "../kit/refused.ts";
import { agencyNamed } from "./agency.ts";
import { sessionRoutes } from "./routes.ts";

export const getBrand = operation(sessionRoutes.getBrand, async ({ deps, query }) => {
  const named = await agencyNamed(deps, query().agency);
  if (!named) throw new Refused(refuse("request.not-found", "There is no such portal."));
  const { name, slug, settings } = await loadAgencyWithLogo(named.tenant);
  const { branding, locale, portal } = settings;
  const { logo, color } = branding;
  const body = { name, slug, logo, color, locale, registration: portal.registration };
  return { status: 200, body };
});
