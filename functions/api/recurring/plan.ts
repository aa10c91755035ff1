import type { Settings } from "../../../domain/agencies/agency.ts";
import type { Recurring } from "../../../domain/recurring/recurring.ts";
import { cancelDue, type DueOwner, planDue } from "../../../domain/shared/due.store.ts";
import type { GuardedWrite, Tenant } from "../../../domain/shared/table.store.ts";
import { sendInstant } from "../../due/instants.ts";

export const occurrenceDue = (id: string): DueOwner => ({ kind: "REC", id, what: "occurrence" });

/** Due items follow the schedule in its own transaction: active ones wait for their next day. */
export function planNext(
  tenant: Tenant,
  { id, status, nextOn }: Recurring,
  settings: Settings,
): GuardedWrite {
  const owner = occurrenceDue(id);
  if (status !== "Active" || nextOn === null) return cancelDue(tenant, owner);
  return planDue(tenant, { ...owner, dueAt: sendInstant(nextOn, settings) });
}
