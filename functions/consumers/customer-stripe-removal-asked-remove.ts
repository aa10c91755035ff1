import { StripeProblem } from "../../domain/payments/stripe-problem.ts";
import { customerStripeRemovalAsked } from "../../events/customer-stripe-removal-asked.ts";
import { consumer } from "../kit/consumer.ts";

/** Removing twice is removing once. What Stripe must keep by law, such as charges, it keeps. */
export const removeStripeCustomer = consumer({
  name: "customer-stripe-removal-asked-remove",
  on: [customerStripeRemovalAsked.name],
  run: async (deps, { subject, data }) => {
    const { account, stripeCustomer } = customerStripeRemovalAsked.data.parse(data);
    const stripe = await deps.stripe();
    try {
      await stripe.removeCustomer({ account }, stripeCustomer);
    } catch (error) {
      if (!(error instanceof StripeProblem) || error.kind === "unavailable") throw error;
      // Gone already, or on an account that is not ours any more.
      deps.log.warn("Stripe did not remove a customer", { customer: subject, code: error.code });
    }
  },
});
