import { loadAgency } from "../../domain/agencies/agency.store.ts";
import { loadIntent } from "../../domain/payments/intent.store.ts";
import { loadPrepayment, savePrepayment } from "../../domain/portal/prepayment.store.ts";
import { startPrepayment } from "../../domain/portal/prepayment.ts";
import { dayIn } from "../../domain/shared/calendar.ts";
import { newId } from "../../domain/shared/ids.ts";
import { saveEventRecord } from "../../domain/shared/record.store.ts";
import { isOwnEvent } from "../../events/envelope.ts";
import { planCycles } from "../due/plan-prepayment.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";

/** Cycles are counted from the day on which the first payment came, not from when it was promised. */
export const startPrepaid = consumer({
  name: "payment-received-start-prepayment",
  on: ["payment.received"],
  run: async (deps, envelope) => {
    const { agency: id, subject, at } = envelope;
    if (!id || !isOwnEvent(envelope)) return;
    const tenant = await deps.tenant(id);
    const intent = await loadIntent(tenant, subject);
    const prepayment = intent?.prepayment;
    if (!prepayment) return;
    const { settings } = await loadAgency(tenant);
    await commitDecided(deps, tenant, async () => {
      const known = await loadPrepayment(tenant, prepayment);
      const now = deps.now();
      const today = dayIn(at, settings.timeZone);
      const next = known && startPrepayment(known, { today, now });
      if (!next) return [];
      const event = {
        id: newId("event", Date.parse(now), deps.random(10)),
        at: now,
        type: "prepayment.started",
        actor: { system: "prepayment" },
        subject: next.id,
        customer: next.customer,
        also: [],
        data: null,
      };
      return [
        savePrepayment(tenant, next),
        ...planCycles(tenant, next, settings),
        saveEventRecord(tenant, event),
      ];
    });
  },
});
