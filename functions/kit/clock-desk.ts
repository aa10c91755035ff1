import { loadAgency } from "../../domain/agencies/agency.store.ts";
import { dayIn } from "../../domain/shared/calendar.ts";
import type { Actor } from "../../domain/shared/journal.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import type { Deps } from "./deps.ts";
import type { Desk, NumberRace } from "./operation.ts";

/** The desk at which the system itself decides: for one agency, at one instant, for one try. */
export function systemDesk(
  deps: Deps,
  tenant: Tenant,
  { actor, numbers }: { readonly actor: Actor; readonly numbers: NumberRace },
): Desk {
  const now = deps.now();
  const agency = loadAgency(tenant);
  agency.catch(() => undefined);
  const seed = () => ({ nowMs: Date.parse(now), random: deps.random(10) });
  return {
    ...{ deps, tenant, now, numbers, seed },
    principal: { actor },
    agency: () => agency,
    ledgerContext: ({ settings }) => ({
      now,
      today: dayIn(now, settings.timeZone),
      actor,
      seed: seed(),
    }),
  };
}
