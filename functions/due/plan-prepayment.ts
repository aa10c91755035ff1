import type { Settings } from "../../domain/agencies/agency.ts";
import type { Prepayment } from "../../domain/portal/prepayment.ts";
import { cancelDue, type DueOwner, planDue } from "../../domain/shared/due.store.ts";
import type { GuardedWrite, Tenant } from "../../domain/shared/table.store.ts";
import { sendInstant } from "./instants.ts";

export const cycleDue = (id: string): DueOwner => ({ kind: "PRE", id, what: "cycle" });
export const retryDue = (id: string): DueOwner => ({ kind: "PRE", id, what: "retry" });

/** Due items follow the pre-payment in its own transaction; one that stands still is tried no more. */
export function planCycles(
  tenant: Tenant,
  { id, status, nextOn }: Prepayment,
  settings: Settings,
): GuardedWrite[] {
  if (status === "Active" && nextOn !== null) {
    return [planDue(tenant, { ...cycleDue(id), dueAt: sendInstant(nextOn, settings) })];
  }
  return [cancelDue(tenant, cycleDue(id)), cancelDue(tenant, retryDue(id))];
}
