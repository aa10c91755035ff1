import { readStoredHeads } from "../../domain/accounting/verify.store.ts";
import { loadAgency } from "../../domain/agencies/agency.store.ts";
import type { Settings } from "../../domain/agencies/agency.ts";
import { invoiceKey, loadInvoice } from "../../domain/billing/invoice.store.ts";
import { loadPrepayment, prepaymentKey } from "../../domain/portal/prepayment.store.ts";
import { loadSchedule, scheduleKey } from "../../domain/recurring/recurring.store.ts";
import { loadDue, moveDue, planDue } from "../../domain/shared/due.store.ts";
import {
  type GuardedWrite,
  holdVersion,
  type Item,
  type Key,
  type Tenant,
} from "../../domain/shared/table.store.ts";
import { agencyUpdated } from "../../events/agency-updated.ts";
import { occurrenceDue } from "../api/recurring/plan.ts";
import { planCreditExpiry, planQuoteExpiry } from "../due/expire.ts";
import { sendInstant } from "../due/instants.ts";
import { planFollowUps } from "../due/plan-follow-ups.ts";
import { cycleDue } from "../due/plan-prepayment.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";
import type { Deps } from "../kit/deps.ts";

interface Moment {
  readonly settings: Settings;
  readonly now: string;
}

type Plan = (tenant: Tenant, id: string, moment: Moment) => Promise<readonly GuardedWrite[]>;

/**
 * Another send hour, time zone, late fee or reminder moves what the clock was to do about records that nobody
 * touches: each is planned anew. What is due too early is put off when its time comes; this is for what would
 * come late, or never.
 */
export const planDueAnew = consumer({
  name: "agency-updated-plan-due",
  on: [agencyUpdated.name],
  run: async (deps, { agency: id, at, data }) => {
    if (!id || data.movesClock !== true) return;
    await listsCatchUp(deps, at);
    const tenant = await deps.tenant(id);
    const { settings } = await loadAgency(tenant);
    for (const { kind, isMeant, plan } of planned) {
      for await (const heads of readStoredHeads(tenant, kind)) {
        for (const { id: one } of heads.filter(isMeant)) {
          const decide = () => plan(tenant, String(one), { settings, now: deps.now() });
          await commitDecided(deps, tenant, decide);
        }
      }
    }
  },
});

const lagMs = 5_000;

/** Lists are seconds behind: what was sent or started just before the change must be in them. */
async function listsCatchUp({ now, wait }: Pick<Deps, "now" | "wait">, at: string): Promise<void> {
  const aheadMs = Date.parse(at) + lagMs - Date.parse(now());
  if (aheadMs > 0) await wait(aheadMs);
}

const planOccurrence: Plan = async (tenant, id, { settings }) => {
  const schedule = await loadSchedule(tenant, id);
  if (schedule?.status !== "Active" || !schedule.nextOn) return [];
  const dueAt = sendInstant(schedule.nextOn, settings);
  const owner = occurrenceDue(id);
  return bring(tenant, { owner, dueAt, head: scheduleKey(tenant, id), version: schedule.version });
};

const planCycle: Plan = async (tenant, id, { settings }) => {
  const prepayment = await loadPrepayment(tenant, id);
  if (prepayment?.status !== "Active" || !prepayment.nextOn) return [];
  const dueAt = sendInstant(prepayment.nextOn, settings);
  const head = prepaymentKey(tenant, id);
  return bring(tenant, { owner: cycleDue(id), dueAt, head, version: prepayment.version });
};

/** A mail that was planned for a day keeps its words. */
const planSend: Plan = async (tenant, id, { settings }) => {
  const owner = { kind: "INV", id, what: "send" } as const;
  const [invoice, known] = await Promise.all([loadInvoice(tenant, id), loadDue(tenant, owner)]);
  if (!invoice?.scheduledFor || !known) return [];
  const dueAt = sendInstant(invoice.scheduledFor, settings);
  const hold = holdVersion(tenant, invoiceKey(tenant, id), invoice.version);
  return known.dueAt === dueAt ? [] : [hold, moveDue(tenant, known, { dueAt })];
};

async function bring(
  tenant: Tenant,
  wanted: {
    readonly owner: ReturnType<typeof occurrenceDue>;
    readonly dueAt: string;
    readonly head: Key;
    readonly version: number;
  },
): Promise<readonly GuardedWrite[]> {
  const { owner, dueAt, head, version } = wanted;
  if ((await loadDue(tenant, owner))?.dueAt === dueAt) return [];
  return [holdVersion(tenant, head, version), planDue(tenant, { ...owner, dueAt })];
}

const isOne =
  (...statuses: readonly string[]) =>
  ({ status }: Item): boolean =>
    statuses.includes(String(status));

/** Only what may still come due; others have nothing planned. */
const planned: readonly {
  readonly kind: Parameters<typeof readStoredHeads>[1];
  readonly isMeant: (head: Item) => boolean;
  readonly plan: Plan;
}[] = [
  { kind: "REC", isMeant: isOne("Active"), plan: planOccurrence },
  { kind: "PRE", isMeant: isOne("Active"), plan: planCycle },
  { kind: "INV", isMeant: isOne("Unpaid", "Partial"), plan: planFollowUps },
  { kind: "INV", isMeant: ({ scheduledFor }) => Boolean(scheduledFor), plan: planSend },
  { kind: "QUO", isMeant: isOne("Sent"), plan: planQuoteExpiry },
  {
    kind: "CRE",
    isMeant: isOne("Issued", "PartiallyApplied"),
    plan: (tenant, id, { settings }) => planCreditExpiry(tenant, id, settings),
  },
];
