import { loadAgency } from "../../domain/agencies/agency.store.ts";
import type { Settings } from "../../domain/agencies/agency.ts";
import type { Charging, NextTry } from "../../domain/payments/charging.ts";
import { nextTry } from "../../domain/payments/charging.ts";
import { loadIntent, saveIntent } from "../../domain/payments/intent.store.ts";
import { changedIntent, type Intent } from "../../domain/payments/intent.ts";
import { loadPrepayment, savePrepayment } from "../../domain/portal/prepayment.store.ts";
import {
  isNewestCycle,
  type Prepayment,
  prepaymentWithError,
} from "../../domain/portal/prepayment.ts";
import { loadSchedule, saveSchedule } from "../../domain/recurring/recurring.store.ts";
import { type LastError, withLastError } from "../../domain/recurring/recurring.ts";
import { planDue } from "../../domain/shared/due.store.ts";
import type { GuardedWrite, Tenant } from "../../domain/shared/table.store.ts";
import { isOwnEvent } from "../../events/envelope.ts";
import { sendInstant } from "../due/instants.ts";
import { planCharging } from "../due/plan-charging.ts";
import { retryDue } from "../due/plan-prepayment.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";

interface Ended {
  readonly intent: Intent;
  readonly charging: Charging;
  readonly prepayment: Prepayment | undefined;
  readonly settings: Settings;
  readonly now: string;
  /** Stripe's code and when it came; null: the money came. */
  readonly failure: { readonly code: string; readonly at: string } | null;
}

/** A charge that nobody made by hand ended: it is tried again, or its schedule says why not. */
export const noteEndedCharge = consumer({
  name: "charge-ended-note-schedule",
  on: ["payment.failed", "payment.received"],
  run: async (deps, envelope) => {
    const { agency: id, subject, type, data, at } = envelope;
    if (!id || !isOwnEvent(envelope)) return;
    const tenant = await deps.tenant(id);
    const { settings } = await loadAgency(tenant);
    const failure = type === "payment.failed" ? { code: String(data.failure), at } : null;
    await commitDecided(deps, tenant, async () => {
      const intent = await loadIntent(tenant, subject);
      // Told twice: the first time planned all that follows, in the transaction that marked it.
      if (!intent?.charging || (intent.followedUp && failure)) return [];
      const { charging } = intent;
      const prepayment = intent.prepayment
        ? await loadPrepayment(tenant, intent.prepayment)
        : undefined;
      const ended = { intent, charging, prepayment, settings, now: deps.now(), failure };
      return failure ? failed(tenant, ended) : noteOnSchedule(tenant, ended, null);
    });
  },
});

async function failed(tenant: Tenant, ended: Ended): Promise<GuardedWrite[]> {
  const { intent, charging, prepayment, settings, now, failure } = ended;
  if (!failure) return [];
  // Told late, the next cycle may have been taken already: nobody is charged for both at once.
  const isOver = prepayment !== undefined && !isNewestCycle(prepayment, charging.cycle);
  const told = { failure: failure.code, at: failure.at, zone: settings.timeZone };
  const again = isOver ? null : nextTry(charging, told);
  const detail = again ? `It is tried again on ${again.on}.` : "It is not tried again.";
  return [
    saveIntent(tenant, changedIntent(intent, { followedUp: true }, now)),
    ...(again ? tryAgain(tenant, ended, again) : []),
    ...(await noteOnSchedule(tenant, ended, { at: failure.at, code: failure.code, detail })),
  ];
}

function tryAgain(
  tenant: Tenant,
  { intent, settings }: Ended,
  { charging, on }: NextTry,
): GuardedWrite[] {
  const dueAt = sendInstant(on, settings);
  if (intent.prepayment) {
    return [planDue(tenant, { ...retryDue(intent.prepayment), dueAt, data: charging })];
  }
  const [first] = intent.for;
  return first ? [planCharging(tenant, first.invoice, { dueAt, ...charging })] : [];
}

async function noteOnSchedule(
  tenant: Tenant,
  { intent, charging, prepayment, now }: Ended,
  error: LastError | null,
): Promise<GuardedWrite[]> {
  if (intent.prepayment) {
    if (!prepayment || prepayment.lastError?.at === error?.at) return [];
    return [savePrepayment(tenant, prepaymentWithError(prepayment, error, now))];
  }
  const found = charging.recurring ? await loadSchedule(tenant, charging.recurring) : undefined;
  if (!found || found.lastError?.at === error?.at) return [];
  return [saveSchedule(tenant, withLastError(found, error, now))];
}
