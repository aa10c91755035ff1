import { loadAgency } from "../../../domain/agencies/agency.store.ts";
import type { LedgerContext } from "../../../domain/payments/ledger.ts";
import type { StripeGateway } from "../../../domain/payments/stripe.gateway.ts";
import type { StripeEvent } from "../../../domain/payments/stripe-objects.ts";
import { dayIn, instantOfMs } from "../../../domain/shared/calendar.ts";
import { sha256Hex } from "../../../domain/shared/canonical.ts";
import type { EventRecord } from "../../../domain/shared/event.ts";
import { type Id, newId } from "../../../domain/shared/ids.ts";
import type { Actor } from "../../../domain/shared/journal.ts";
import { saveEventRecord } from "../../../domain/shared/record.store.ts";
import type { GuardedWrite, Tenant } from "../../../domain/shared/table.store.ts";
import type { Deps } from "../../kit/deps.ts";

/** One event of one agency's account, and what its handling needs. */
export interface StripeWork {
  readonly deps: Deps;
  readonly tenant: Tenant;
  readonly stripe: StripeGateway;
  readonly account: string;
  readonly event: StripeEvent;
}

export const stripeActor: Actor = { system: "stripe" };

/** When Stripe says that it happened: a late delivery doesn't move money to another day. */
export const happenedAt = ({ event }: StripeWork): string => instantOfMs(event.created * 1_000);

/** Fresh for each try: a decision that is made again draws other ids. */
export async function ledgerContextOf({
  deps,
  tenant,
}: Pick<StripeWork, "deps" | "tenant">): Promise<LedgerContext> {
  const { settings } = await loadAgency(tenant);
  const now = deps.now();
  return {
    now,
    today: dayIn(now, settings.timeZone),
    actor: stripeActor,
    seed: { nowMs: Date.parse(now), random: deps.random(10) },
  };
}

export interface Report {
  readonly type: string;
  readonly subject: string;
  readonly customer?: Id<"customer"> | null;
  readonly data: Record<string, unknown>;
}

export function reportOf(
  { deps, tenant }: Pick<StripeWork, "deps" | "tenant">,
  report: Report,
): GuardedWrite {
  const now = deps.now();
  const id = newId("event", Date.parse(now), deps.random(10));
  return saveEventRecord(tenant, recordOf(report, id, now));
}

/**
 * A report whose id follows from Stripe's event: written once, however often the event is handled.
 */
export function reportOnce({ deps, tenant, event }: StripeWork, report: Report): GuardedWrite {
  const random = Uint8Array.from(Buffer.from(sha256Hex(event.id).slice(0, 20), "hex"));
  const id = newId("event", event.created * 1_000, random);
  return saveEventRecord(tenant, recordOf(report, id, deps.now()));
}

const recordOf = (report: Report, id: Id<"event">, at: string): EventRecord => ({
  id,
  at,
  type: report.type,
  actor: stripeActor,
  subject: report.subject,
  customer: report.customer ?? null,
  also: [],
  data: report.data,
});
