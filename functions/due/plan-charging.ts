import type { Charging } from "../../domain/payments/charging.ts";
import { planDue } from "../../domain/shared/due.store.ts";
import type { GuardedWrite, Tenant } from "../../domain/shared/table.store.ts";

/** The customer's default method is charged at this instant for what the document asks for then. */
export const planCharging = (
  tenant: Tenant,
  invoice: string,
  { dueAt, ...charging }: Partial<Charging> & { readonly dueAt: string },
): GuardedWrite =>
  planDue(tenant, { kind: "INV", id: invoice, what: "charge", dueAt, data: charging });
