import { loadCustomer, saveCustomer } from "../../../domain/customers/customer.store.ts";
import { partedFromStripe } from "../../../domain/customers/customer.ts";
import { customerObject } from "../../../domain/payments/stripe-objects.ts";
import { isId } from "../../../domain/shared/ids.ts";
import { commitDecided } from "../../kit/background.ts";
import { reportOnce, type StripeWork } from "./work.ts";

/** Somebody deleted it at Stripe, with its saved methods: the next payment makes it anew. */
export async function handleDeletedCustomer(work: StripeWork): Promise<void> {
  const { deps, tenant, account, event } = work;
  const { id: stripeCustomer, metadata } = customerObject.parse(event.data.object);
  const id = metadata?.customer;
  if (!id || !isId("customer", id)) return;
  await commitDecided(deps, tenant, async () => {
    const customer = await loadCustomer(tenant, id);
    const { stripe } = customer ?? {};
    if (!customer || stripe?.account !== account || stripe.customer !== stripeCustomer) return [];
    return [
      saveCustomer(tenant, partedFromStripe(customer, deps.now())),
      reportOnce(work, {
        type: "customer.stripe-removed",
        ...{ subject: id, customer: id, data: { stripeCustomer } },
      }),
    ];
  });
}
