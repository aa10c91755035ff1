import { releaseSlug, reserveSlug, saveAgency } from "../../../domain/agencies/agency.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { mergeSettings } from "./merge-settings.ts";
import { agenciesRoutes } from "./routes.ts";
import { agencyView } from "./view.ts";

export const getAgency = operation(agenciesRoutes.getAgency, async (call) => ({
  status: 200,
  body: agencyView(await call.agency()),
}));

export const patchAgency = operation(agenciesRoutes.patchAgency, async (call) => {
  const before = await call.agency();
  const body = call.body();
  const settings = mergeSettings(before.settings, body.settings ?? {});
  call.requireVersion(before);
  const slug = body.slug ?? before.slug;
  const next = {
    ...before,
    name: body.name ?? before.name,
    email: body.email ?? before.email,
    slug,
    settings,
    updatedAt: call.now,
    version: before.version + 1,
  };
  const { platform } = call.deps;
  const moved = slug !== before.slug;
  return {
    status: 200,
    body: agencyView(next),
    writes: [
      saveAgency(call.tenant, next),
      ...(moved ? [reserveSlug(platform, slug, next.id), releaseSlug(platform, before.slug)] : []),
      eventOf(call, { type: "agency.updated", subject: next.id }),
    ],
  };
});
