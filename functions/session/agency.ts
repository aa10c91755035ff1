import { findAgency, loadAgencyIdBySlug } from "../../domain/agencies/agency.store.ts";
import type { Agency } from "../../domain/agencies/agency.ts";
import { isId } from "../../domain/shared/ids.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import type { Deps } from "../kit/deps.ts";

export interface NamedAgency {
  readonly agency: Agency;
  readonly tenant: Tenant;
}

/** The agency that somebody without a log-in names, by its short name or its id. */
export async function agencyNamed(
  deps: Pick<Deps, "platform" | "tenant">,
  name: string,
): Promise<NamedAgency | undefined> {
  const id = isId("agency", name) ? name : await loadAgencyIdBySlug(deps.platform, name);
  if (!id) return undefined;
  const tenant = await deps.tenant(id);
  const agency = await findAgency(tenant);
  return agency && { agency, tenant };
}
