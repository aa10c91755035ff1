import { isKept, keepEntry } from "../../domain/agencies/feed.store.ts";
import { isInner } from "../../events/contract.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";
import { everyEvent } from "../kit/dispatch.ts";

/** Keeps every event of an agency, so that it can be read afterwards. */
export const keepFeed = consumer({
  name: "any-event-keep-feed",
  on: [everyEvent],
  run: async (deps, envelope) => {
    const { agency, id, type, subject, customer = null, actor, at, data, origin = null } = envelope;
    if (!agency || isInner(type)) return;
    const tenant = await deps.tenant(agency);
    const entry = { id, type, subject, customer, actor, at, data, origin };
    await commitDecided(deps, tenant, async () =>
      (await isKept(tenant, entry)) ? [] : keepEntry(tenant, entry),
    );
  },
});
