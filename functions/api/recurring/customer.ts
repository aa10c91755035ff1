import type { Customer } from "../../../domain/customers/customer.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { Refused } from "../../kit/refused.ts";

/** An archived customer gets nothing new. */
export function requireLiving({ archived }: Pick<Customer, "archived">): void {
  if (archived) throw new Refused(refuse("customer.archived", "Restore the customer first."));
}
