import {
  type GuardedWrite,
  loadItem,
  putVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type Agency, agencySchema } from "./agency.ts";

const placeOf = (tenant: Pick<Tenant, "agency">) => ({ pk: tenantKey(tenant), sk: "AGENCY" });

/** Throws for an agency that isn't there: whoever asks has authenticated as it. */
export async function loadAgency(tenant: Tenant): Promise<Agency> {
  const item = await loadItem(tenant, placeOf(tenant));
  if (!item) throw new Error(`there is no agency ${tenant.agency}`);
  return agencySchema.parse(item);
}

export const saveAgency = (
  tenant: Pick<Tenant, "agency" | "table">,
  agency: Agency,
): GuardedWrite => putVersioned(tenant, placeOf(tenant), agency);
