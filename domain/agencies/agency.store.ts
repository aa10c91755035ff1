import type { Id } from "../shared/ids.ts";
import {
  type GuardedWrite,
  loadItem,
  type Platform,
  platformKey,
  putNew,
  putVersioned,
  removeItem,
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

/** The short name stands in the portal's address, so no two agencies share one. */
export const reserveSlug = (
  platform: Pick<Platform, "table">,
  slug: string,
  agency: Id<"agency">,
): GuardedWrite => putNew(platform, { ...platformKey("SLUG", slug), agency }, "agency.slug-taken");

export const releaseSlug = (platform: Pick<Platform, "table">, slug: string): GuardedWrite =>
  removeItem(platform, platformKey("SLUG", slug));

export async function loadAgencyIdBySlug(
  platform: Platform,
  slug: string,
): Promise<Id<"agency"> | undefined> {
  const item = await loadItem(platform, platformKey("SLUG", slug));
  return item ? (item.agency as Id<"agency">) : undefined;
}
