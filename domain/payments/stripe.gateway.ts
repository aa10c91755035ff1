import { accountCalls } from "./stripe-accounts.gateway.ts";
import { type StripeOptions, stripeClient } from "./stripe-client.gateway.ts";
import { customerCalls } from "./stripe-customers.gateway.ts";
import { methodCalls } from "./stripe-methods.gateway.ts";
import { paymentCalls } from "./stripe-payments.gateway.ts";
import { refundCalls } from "./stripe-refunds.gateway.ts";

/** All that we ask of Stripe. Amounts are our minor units; errors are `StripeProblem`s. */
export type StripeGateway = ReturnType<typeof createStripeGateway>;

export function createStripeGateway(options: StripeOptions) {
  const stripe = stripeClient(options);
  return {
    ...paymentCalls(stripe),
    ...refundCalls(stripe),
    ...customerCalls(stripe),
    ...methodCalls(stripe),
    ...accountCalls(stripe),
  };
}
