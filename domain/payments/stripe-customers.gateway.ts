import type Stripe from "stripe";
import type { Currency } from "../shared/currencies.ts";
import { asked, at, instantOfSeconds, type Place } from "./stripe-client.gateway.ts";
import type { CheckoutPage, Metadata } from "./stripe-payments.gateway.ts";
import { StripeProblem } from "./stripe-problem.ts";

export interface SetupStart {
  readonly customer: string;
  readonly currency: Currency;
  readonly metadata: Metadata;
  readonly successUrl: string;
  readonly cancelUrl: string;
}

export function customerCalls(stripe: Stripe) {
  return {
    createCustomer: (
      place: Required<Place>,
      given: { readonly name: string; readonly email: string | null; readonly metadata: Metadata },
    ): Promise<string> =>
      asked(async () => {
        const { name, email, metadata } = given;
        const params = { name, metadata, ...(email ? { email } : {}) };
        return (await stripe.customers.create(params, at(place))).id;
      }),
    /** The customer's own metadata; undefined once it was deleted at Stripe. */
    customerMetadata: (place: Place, customer: string): Promise<Metadata | undefined> =>
      asked(async () => {
        const found = await stripe.customers.retrieve(customer, undefined, at(place));
        return found.deleted ? undefined : found.metadata;
      }),
    /** With its saved methods. Its charges stay and can be refunded. */
    removeCustomer: (place: Place, customer: string): Promise<void> =>
      asked(async () => {
        await stripe.customers.del(customer, undefined, at(place));
      }),
    /** Stripe's page on which a method is saved without paying. */
    openSetup: (place: Required<Place>, start: SetupStart): Promise<CheckoutPage> =>
      asked(async () => {
        const { customer, currency, metadata, successUrl, cancelUrl } = start;
        const session = await stripe.checkout.sessions.create(
          {
            mode: "setup",
            customer,
            currency: currency.toLowerCase(),
            metadata,
            setup_intent_data: { metadata },
            success_url: successUrl,
            cancel_url: cancelUrl,
          },
          at(place),
        );
        if (!session.url) throw new StripeProblem("refused", "no_url", `${session.id} has no page`);
        const expiresAt = instantOfSeconds(session.expires_at);
        return { id: session.id, url: session.url, expiresAt };
      }),
  };
}
