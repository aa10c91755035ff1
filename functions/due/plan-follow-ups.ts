import type { Settings } from "../../domain/agencies/agency.ts";
import { loadFollowed } from "../../domain/billing/follow-up.store.ts";
import { type FollowUp, followUpsOf } from "../../domain/billing/follow-up.ts";
import { invoiceKey, loadInvoice } from "../../domain/billing/invoice.store.ts";
import { instantAt } from "../../domain/shared/calendar.ts";
import { cancelDue, type DueReference, listDueOf, planDue } from "../../domain/shared/due.store.ts";
import { type GuardedWrite, holdVersion, type Tenant } from "../../domain/shared/table.store.ts";
import { sendInstant } from "./instants.ts";

export const instantOf = ({ on, at }: FollowUp, settings: Settings): string =>
  at === "start" ? instantAt(on, 0, settings.timeZone) : sendInstant(on, settings);

const isFollowUp = (what: string): boolean =>
  what === "overdue" || what === "late-fee" || what.startsWith("reminder-");

/**
 * Brings an invoice's due items to what its state asks for: reminders, overdue, late fee. It may run
 * at any time and any number of times; the invoice's version keeps an older view from winning.
 */
export async function planFollowUps(
  tenant: Tenant,
  id: string,
  { settings, now }: { readonly settings: Settings; readonly now: string },
): Promise<GuardedWrite[]> {
  const invoice = await loadInvoice(tenant, id);
  if (!invoice) return [];
  const [followed, planned] = await Promise.all([
    loadFollowed(tenant, id),
    listDueOf(tenant, { kind: "INV", id }),
  ]);
  const known = new Map(
    planned.filter(({ what }) => isFollowUp(what)).map((due) => [due.what, due]),
  );
  const wanted = followUpsOf(invoice, settings, followed).map((one) => ({
    ...one,
    dueAt: instantOf(one, settings),
  }));
  const writes = [
    ...wanted
      .filter((one) => isToPlan(one, known.get(one.what), now))
      .map(({ what, dueAt }) => planDue(tenant, { kind: "INV", id, what, dueAt })),
    ...[...known.keys()]
      .filter((what) => !wanted.some((one) => one.what === what))
      .map((what) => cancelDue(tenant, { kind: "INV", id, what })),
  ];
  if (writes.length === 0) return [];
  return [holdVersion(tenant, invoiceKey(tenant, id), invoice.version), ...writes];
}

function isToPlan(
  { dueAt, aheadOnly }: FollowUp & { readonly dueAt: string },
  known: DueReference | undefined,
  now: string,
): boolean {
  if (known?.dueAt === dueAt) return false;
  return !aheadOnly || dueAt > now;
}
