import type { Id } from "../shared/ids.ts";
import {
  type GuardedWrite,
  keyText,
  loadItem,
  loadItems,
  type Platform,
  platformKey,
  putAlways,
  putNew,
  putVersioned,
  removeItem,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type Agency, agencySchema } from "./agency.ts";

const placeOf = (tenant: Pick<Tenant, "agency">) => ({ pk: tenantKey(tenant), sk: "AGENCY" });

/** Without the logo. Throws for an agency that isn't there: whoever asks has authenticated as it. */
export async function loadAgency(tenant: Tenant): Promise<Agency> {
  const item = await loadItem(tenant, placeOf(tenant));
  if (!item) throw new Error(`there is no agency ${tenant.agency}`);
  return agencySchema.parse(item);
}

/** For whoever names an agency without having authenticated as it. */
export async function findAgency(tenant: Tenant): Promise<Agency | undefined> {
  const item = await loadItem(tenant, placeOf(tenant));
  return item ? agencySchema.parse(item) : undefined;
}

/** The logo stands apart: every request reads the agency, and only papers and mails show the logo. */
const logoPlaceOf = (tenant: Pick<Tenant, "agency">) => ({ pk: tenantKey(tenant), sk: "LOGO" });

/** For whoever shows the agency to people: the settings with the logo in them. */
export async function loadAgencyWithLogo(tenant: Tenant): Promise<Agency> {
  const places = { agency: placeOf(tenant), logo: logoPlaceOf(tenant) };
  const found = await loadItems(tenant, [places.agency, places.logo]);
  const item = found.get(keyText(places.agency));
  if (!item) throw new Error(`there is no agency ${tenant.agency}`);
  const agency = agencySchema.parse(item);
  const { logo = null } = found.get(keyText(places.logo)) ?? {};
  return withLogo(agency, logo === null ? null : String(logo));
}

function withLogo(agency: Agency, logo: string | null): Agency {
  const { settings } = agency;
  return { ...agency, settings: { ...settings, branding: { ...settings.branding, logo } } };
}

/** Whatever logo the agency was read with stays as it is: `saveLogo` changes it. */
export const saveAgency = (
  tenant: Pick<Tenant, "agency" | "table">,
  agency: Agency,
): GuardedWrite => putVersioned(tenant, placeOf(tenant), withLogo(agency, null));

export const saveLogo = (
  tenant: Pick<Tenant, "agency" | "table">,
  logo: string | null,
): GuardedWrite =>
  logo === null
    ? removeItem(tenant, logoPlaceOf(tenant))
    : putAlways(tenant, { ...logoPlaceOf(tenant), logo });

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
