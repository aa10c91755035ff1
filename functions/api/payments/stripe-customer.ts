import { loadCustomer, saveCustomer } from "../../../domain/customers/customer.store.ts";
import { type Customer, nameOf } from "../../../domain/customers/customer.ts";
import type { GuardedWrite, Tenant } from "../../../domain/shared/table.store.ts";
import { commitDecided } from "../../kit/background.ts";
import type { Deps } from "../../kit/deps.ts";
import { eventOf } from "../../kit/event-record.ts";
import type { Desk } from "../../kit/operation.ts";

/** The customer's id at Stripe. One on an account that was connected before doesn't count. */
export const stripeCustomerOf = (
  { stripe }: Pick<Customer, "stripe">,
  account: string,
): string | null => (stripe?.account === account ? stripe.customer : null);

/** Stripe is asked to forget the customer and its saved methods; our own record must not name them any more. */
export const askStripeToForget = (desk: Desk, { id, stripe }: Customer): GuardedWrite[] =>
  stripe
    ? [
        eventOf(desk, {
          type: "customer.stripe-removal-asked",
          ...{ subject: id, customer: id },
          data: { account: stripe.account, stripeCustomer: stripe.customer },
        }),
      ]
    : [];

/** Makes the customer on the connected account, once, and remembers the pair. */
export async function ensureStripeCustomer(
  deps: Pick<Deps, "stripe" | "random" | "wait" | "now">,
  tenant: Tenant,
  { customer, account }: { readonly customer: Customer; readonly account: string },
): Promise<string> {
  const known = stripeCustomerOf(customer, account);
  if (known) return known;
  const stripe = await deps.stripe();
  const made = await stripe.createCustomer(
    { account, key: `${customer.id}-${customer.version}` },
    {
      name: nameOf(customer),
      email: customer.billTo.email,
      metadata: { customer: customer.id, agency: tenant.agency },
    },
  );
  let kept = made;
  await commitDecided(deps, tenant, async (): Promise<GuardedWrite[]> => {
    const fresh = await loadCustomer(tenant, customer.id);
    const other = fresh ? stripeCustomerOf(fresh, account) : null;
    kept = other ?? made;
    if (!fresh || other) return [];
    const next = { ...fresh, stripe: { account, customer: made }, updatedAt: deps.now() };
    return [saveCustomer(tenant, { ...next, version: fresh.version + 1 })];
  });
  return kept;
}
