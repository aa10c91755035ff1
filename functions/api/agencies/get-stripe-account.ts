import { operation } from "../../kit/operation.ts";
import { stripeRoutes } from "./stripe-routes.ts";

/** As Stripe's webhooks last told; nothing of it is secret. */
export const getStripeAccount = operation(stripeRoutes.getStripeAccount, async (call) => {
  const { stripe } = await call.agency();
  return {
    status: 200,
    body: {
      connected: stripe !== null,
      account: stripe?.account ?? null,
      chargesEnabled: stripe?.chargesEnabled ?? false,
      detailsSubmitted: stripe?.detailsSubmitted ?? false,
    },
  };
});
