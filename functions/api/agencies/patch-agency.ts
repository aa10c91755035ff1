import {
  loadAgencyWithLogo,
  releaseSlug,
  reserveSlug,
  saveAgency,
  saveLogo,
} from "../../../domain/agencies/agency.store.ts";
import type { Agency } from "../../../domain/agencies/agency.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { agenciesRoutes } from "./routes.ts";
import { changeSettings } from "./settings.ts";
import { agencyView } from "./view.ts";

export const patchAgency = operation(agenciesRoutes.patchAgency, async (call) => {
  const { name, email, slug, settings } = call.body();
  const before = await loadAgencyWithLogo(call.tenant);
  call.requireVersion(before);
  const next: Agency = {
    ...before,
    name: name ?? before.name,
    email: email ?? before.email,
    slug: slug ?? before.slug,
    settings: settings ? changeSettings(before.settings, settings) : before.settings,
    updatedAt: call.now,
    version: before.version + 1,
  };
  return {
    status: 200,
    body: agencyView(next),
    writes: [
      saveAgency(call.tenant, next),
      ...logoWrites(call, before, next),
      ...slugWrites(call, before, next),
      eventOf(call, { type: "agency.updated", subject: next.id, ...dataOf(before, next) }),
    ],
  };
});

/** What the clock was to do is planned anew only where it has to be. */
function dataOf(before: Agency, next: Agency) {
  const clockOf = ({ settings }: Agency) => {
    const { sendHour, timeZone, lateFee, reminders } = settings;
    return JSON.stringify({ sendHour, timeZone, lateFee, reminders });
  };
  return clockOf(before) === clockOf(next) ? {} : { data: { movesClock: true } };
}

function logoWrites({ tenant }: Call, before: Agency, next: Agency): GuardedWrite[] {
  const { logo } = next.settings.branding;
  return logo === before.settings.branding.logo ? [] : [saveLogo(tenant, logo)];
}

function slugWrites({ deps }: Call, before: Agency, next: Agency): GuardedWrite[] {
  if (next.slug === before.slug) return [];
  return [releaseSlug(deps.platform, before.slug), reserveSlug(deps.platform, next.slug, next.id)];
}
