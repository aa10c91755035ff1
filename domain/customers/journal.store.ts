import { type Tenant, tenantKey } from "../shared/table.store.ts";

/** The journal stands beside the account that it explains, in the order of its numbers. */
export const journalPartition = (tenant: Pick<Tenant, "agency">, customer: string): string =>
  tenantKey(tenant, "C", customer);
export const journalPrefix = "J#";
