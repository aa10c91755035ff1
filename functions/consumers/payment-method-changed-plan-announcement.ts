import { loadAgency } from "../../domain/agencies/agency.store.ts";
import { cancelDue, planDue } from "../../domain/shared/due.store.ts";
import { isOwnEvent } from "../../events/envelope.ts";
import { announcedAt, expiringSchema } from "../due/announce-card.ts";
import { commit } from "../kit/commit.ts";
import { consumer } from "../kit/consumer.ts";

/** A card is announced in its last month; replacing or removing it replaces or removes that. */
export const planCardAnnouncement = consumer({
  name: "payment-method-changed-plan-announcement",
  on: ["payment-method.saved", "payment-method.updated", "payment-method.removed"],
  run: async (deps, envelope) => {
    const { agency: id, type, subject, data } = envelope;
    const card = expiringSchema.safeParse(data);
    if (!id || !isOwnEvent(envelope) || !card.success) return;
    const tenant = await deps.tenant(id);
    const { paymentMethod, expMonth, expYear } = card.data;
    const owner = { kind: "CUS", id: subject, what: `card-${paymentMethod}` } as const;
    if (type === "payment-method.removed") return commit(tenant, [cancelDue(tenant, owner)]);
    const { settings } = await loadAgency(tenant);
    const dueAt = announcedAt({ expMonth, expYear }, settings);
    await commit(tenant, [planDue(tenant, { ...owner, dueAt, data: card.data })]);
  },
});
