import { loadAgency } from "../../domain/agencies/agency.store.ts";
import { isId } from "../../domain/shared/ids.ts";
import { type Envelope, isOwnEvent } from "../../events/envelope.ts";
import { planCreditExpiry, planQuoteExpiry } from "../due/expire.ts";
import { planFollowUps } from "../due/plan-follow-ups.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";

/** Whatever moved a document or its money may give the clock something to do, or take it away. */
export const planDueOfRecord = consumer({
  name: "record-changed-plan-due",
  on: ["invoice.*", "payment.*", "credit.*", "quote.*"],
  run: async (deps, envelope) => {
    const { agency: id } = envelope;
    const records = recordsIn(envelope);
    if (!id || records.length === 0) return;
    const tenant = await deps.tenant(id);
    const { settings } = await loadAgency(tenant);
    for (const record of records) {
      await commitDecided(deps, tenant, async () => {
        const moment = { settings, now: deps.now() };
        if (isId("quote", record)) return planQuoteExpiry(tenant, record, moment);
        if (isId("credit", record)) return planCreditExpiry(tenant, record, settings);
        return planFollowUps(tenant, record, moment);
      });
    }
  },
});

/** A look moves nothing, and what the clock does about an invoice it has noted already. */
const still = new Set([
  "invoice.viewed",
  "invoice.overdue",
  "invoice.reminded",
  "quote.viewed",
  "quote.expired",
]);

function recordsIn(envelope: Envelope): string[] {
  if (!isOwnEvent(envelope) || still.has(envelope.type)) return [];
  const { subject, data } = envelope;
  const subjects = Array.isArray(data.subjects) ? data.subjects.map(String) : [];
  const kinds = ["invoice", "quote", "credit"] as const;
  return [...new Set([subject, ...subjects])].filter((id) => kinds.some((kind) => isId(kind, id)));
}
