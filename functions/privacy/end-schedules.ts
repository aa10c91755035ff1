import { loadInvoice, saveInvoice } from "../../domain/billing/invoice.store.ts";
import { loadAccount, loadCustomer, saveCustomer } from "../../domain/customers/customer.store.ts";
import { partedFromStripe } from "../../domain/customers/customer.ts";
import { loadPrepayment, savePrepayment } from "../../domain/portal/prepayment.store.ts";
import { cancelPrepayment } from "../../domain/portal/prepayment.ts";
import { loadSchedule, saveSchedule } from "../../domain/recurring/recurring.store.ts";
import { stopRecurring } from "../../domain/recurring/recurring.ts";
import { listTopUps, saveTopUp } from "../../domain/retainers/top-up.store.ts";
import { levelOf, setRule } from "../../domain/retainers/top-up.ts";
import { cancelDue, listDueOf } from "../../domain/shared/due.store.ts";
import type { Id } from "../../domain/shared/ids.ts";
import type { Actor } from "../../domain/shared/journal.ts";
import type { GuardedWrite, Tenant } from "../../domain/shared/table.store.ts";
import { askStripeToForget } from "../api/payments/stripe-customer.ts";
import { planNext } from "../api/recurring/plan.ts";
import { documentsOf } from "../consumers/search-index.ts";
import { planCycles } from "../due/plan-prepayment.ts";
import { commitDecided } from "../kit/background.ts";
import { systemDesk } from "../kit/clock-desk.ts";
import type { Deps } from "../kit/deps.ts";
import { eventOf } from "../kit/event-record.ts";
import type { Desk } from "../kit/operation.ts";
import { agencyRule } from "../retainers/agency-rule.ts";

interface Leaver {
  readonly customer: Id<"customer">;
  readonly actor: Actor;
}

type Ending = (desk: Desk, id: string) => Promise<readonly GuardedWrite[]>;

/**
 * Nothing repeats for somebody who is gone: no occurrence, no charge, no planned mail. What is owed stays
 * owed. The saved methods can't be reached from here any more, so that a charge that is on its way is not
 * tried again, and Stripe is asked to forget them.
 */
export async function endSchedules(
  deps: Deps,
  tenant: Tenant,
  { customer, actor }: Leaver,
): Promise<void> {
  const end = (ending: Ending, id: string): Promise<void> =>
    commitDecided(deps, tenant, () => {
      const numbers = { taken: undefined, reserved: undefined };
      return ending(systemDesk(deps, tenant, { actor, numbers }), id);
    });
  await end(partFromStripe, customer);
  await end(endTopUps, customer);
  for await (const { kind, id } of documentsOf(tenant, customer)) {
    const ending = endings[kind];
    if (ending) await end(ending, id);
  }
}

const partFromStripe: Ending = async (desk, id) => {
  const { tenant, now } = desk;
  const announcements = await cancelAll(desk, { kind: "CUS", id });
  const customer = await loadCustomer(tenant, id);
  if (!customer?.stripe) return announcements;
  return [
    saveCustomer(tenant, partedFromStripe(customer, now)),
    ...announcements,
    ...askStripeToForget(desk, customer),
  ];
};

const endTopUps: Ending = async (desk, customer) => {
  const watched = await listTopUps(desk.tenant, customer);
  const [agency, account] = await Promise.all([
    desk.agency(),
    loadAccount(desk.tenant, customer as Id<"customer">),
  ]);
  const ruled = watched.filter(({ rule }) => rule);
  return ruled.flatMap((known) => {
    const level = levelOf(account, known.currency);
    const left = { now: desk.now, level, agencyRule: agencyRule(agency, known.currency) };
    const topUp = setRule(known, null, left);
    const about = { subject: topUp.id, customer: topUp.customer };
    const data = { currency: topUp.currency };
    return [
      saveTopUp(desk.tenant, topUp),
      eventOf(desk, { type: "top-up.removed", ...about, data }),
    ];
  });
};

const endRecurring: Ending = async (desk, id) => {
  const known = await loadSchedule(desk.tenant, id);
  const stopped = known && stopRecurring(known, desk.now);
  if (!stopped?.ok) return [];
  const { recurring } = stopped;
  const { settings } = await desk.agency();
  return [
    saveSchedule(desk.tenant, recurring),
    planNext(desk.tenant, recurring, settings),
    eventOf(desk, { type: "recurring.stopped", subject: id, customer: recurring.customer }),
  ];
};

const endPrepayment: Ending = async (desk, id) => {
  const known = await loadPrepayment(desk.tenant, id);
  const canceled = known && cancelPrepayment(known, desk.now);
  // The last cycle of one that is over may still be tried again.
  if (!canceled?.ok) return cancelAll(desk, { kind: "PRE", id });
  const { prepayment } = canceled;
  const { settings } = await desk.agency();
  return [
    savePrepayment(desk.tenant, prepayment),
    ...planCycles(desk.tenant, prepayment, settings),
    eventOf(desk, { type: "prepayment.canceled", subject: id, customer: prepayment.customer }),
  ];
};

/** Its mail and its charge; that it becomes overdue is a matter of the books. */
const endPlans: Ending = async (desk, id) => {
  const invoice = await loadInvoice(desk.tenant, id);
  const charge = await cancelAll(desk, { kind: "INV", id }, ["charge", "send"]);
  if (!invoice?.scheduledFor) return charge;
  const next = {
    ...invoice,
    scheduledFor: null,
    updatedAt: desk.now,
    version: invoice.version + 1,
  };
  return [
    saveInvoice(desk.tenant, next),
    ...charge,
    eventOf(desk, { type: "invoice.unscheduled", subject: id, customer: invoice.customer }),
  ];
};

async function cancelAll(
  { tenant }: Desk,
  owner: Parameters<typeof listDueOf>[1],
  named?: readonly string[],
): Promise<GuardedWrite[]> {
  const planned = await listDueOf(tenant, owner);
  const meant = planned.filter(({ what }) => !named || named.includes(what));
  return meant.map((due) => cancelDue(tenant, due));
}

const endings: Readonly<Record<string, Ending>> = {
  REC: endRecurring,
  PRE: endPrepayment,
  INV: endPlans,
};
