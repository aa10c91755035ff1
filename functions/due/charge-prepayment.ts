import { chargingSchema } from "../../domain/payments/charging.ts";
import { loadPrepayment, savePrepayment } from "../../domain/portal/prepayment.store.ts";
import {
  isNewestCycle,
  type Prepayment,
  pausePrepayment,
  prepaymentWithError,
  takeCycle,
} from "../../domain/portal/prepayment.ts";
import type { LastError } from "../../domain/recurring/recurring.ts";
import { addDays, dayIn } from "../../domain/shared/calendar.ts";
import { cancelDue } from "../../domain/shared/due.store.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { type DueOutcome, type DueWork, notBefore, nothingLeft, performer } from "../kit/due.ts";
import { eventOf } from "../kit/event-record.ts";
import { planSavedCharge } from "./charge-saved.ts";
import { sendInstant } from "./instants.ts";
import { retryDue } from "./plan-prepayment.ts";

/** One cycle: a charge without the payer, whose money waits unapplied. */
export const chargeCycle = performer({
  kind: "PRE",
  what: "cycle",
  run: async (work) => {
    const [found, { settings }] = await Promise.all([
      loadPrepayment(work.tenant, work.due.id),
      work.agency(),
    ]);
    if (found?.status !== "Active" || found.nextOn === null) return nothingLeft;
    const dueAt = sendInstant(found.nextOn, settings);
    if (dueAt > work.now) return notBefore(dueAt);
    const today = dayIn(work.now, settings.timeZone);
    const hasBegun = sendInstant(today, settings) <= work.now;
    return charge(work, found, hasBegun ? today : addDays(today, -1));
  },
});

/** `today` is the last day whose send hour has come. */
async function charge(work: DueWork, found: Prepayment, today: string): Promise<DueOutcome> {
  const { settings } = await work.agency();
  const taken = takeCycle(found, { now: work.now, today });
  if (!taken) return nothingLeft;
  const charging = chargingSchema.parse({ cycle: taken.prepayment.position });
  const plan = await planSavedCharge(work, { ...whatToCharge(found), charging });
  if (!plan.ok && standsStill.has(plan.error.code)) return stop(work, found, plan.error);
  const { prepayment, skipped } = taken;
  const error = plan.ok ? prepayment.lastError : plan.error;
  return {
    writes: [
      savePrepayment(work.tenant, { ...prepayment, lastError: error }),
      // A cycle takes the place of what is still tried for the one before.
      cancelDue(work.tenant, retryDue(found.id)),
      ...(skipped > 0 ? [told(work, found, "prepayment.skipped", { skipped })] : []),
      ...(prepayment.status === "Completed" ? [told(work, found, "prepayment.completed")] : []),
      ...(plan.ok ? plan.writes : [notTried(work, found, plan.error)]),
    ],
    next: prepayment.nextOn === null ? null : { dueAt: sendInstant(prepayment.nextOn, settings) },
  };
}

/** With these no later cycle could be charged either: somebody has to do something first. */
const standsStill: ReadonlySet<string> = new Set(["customer.archived", "stripe.not-connected"]);

const whatToCharge = (prepayment: Prepayment) => ({
  customer: prepayment.customer,
  invoices: [],
  amount: prepayment.amount,
  currency: prepayment.currency,
  prepayment,
});

function stop(work: DueWork, found: Prepayment, error: LastError): DueOutcome {
  const paused = pausePrepayment(found, { now: work.now, error });
  if (!paused.ok) return nothingLeft;
  const { code } = error;
  return {
    writes: [
      savePrepayment(work.tenant, paused.prepayment),
      told(work, found, "prepayment.paused", { code }),
    ],
    next: null,
  };
}

const told = (
  work: DueWork,
  { id: subject, customer }: Prepayment,
  type: string,
  data: Record<string, unknown> = {},
): GuardedWrite => eventOf(work, { type, subject, customer, data });

const notTried = (work: DueWork, found: Prepayment, { code, detail }: LastError): GuardedWrite =>
  told(work, found, "prepayment.not-charged", { code, detail });

/** Another try at a cycle whose charge failed. */
export const retryCycle = performer({
  kind: "PRE",
  what: "retry",
  run: async (work) => {
    const found = await loadPrepayment(work.tenant, work.due.id);
    const isOver = !found || found.status === "Canceled" || found.status === "Paused";
    if (isOver) return nothingLeft;
    const charging = chargingSchema.parse(work.due.data);
    if (!isNewestCycle(found, charging.cycle)) return nothingLeft;
    const plan = await planSavedCharge(work, { ...whatToCharge(found), charging });
    if (plan.ok) return { writes: plan.writes, next: null };
    const next = prepaymentWithError(found, plan.error, work.now);
    return {
      writes: [savePrepayment(work.tenant, next), notTried(work, found, plan.error)],
      next: null,
    };
  },
});
