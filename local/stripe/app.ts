import { Hono } from "hono";
import { answer } from "./kit/api.ts";
import type { Endpoint } from "./kit/endpoint.ts";
import type { Machine } from "./kit/world.ts";
import { mountAuthentication } from "./pages/authenticate.ts";
import { mountCheckout } from "./pages/checkout.ts";
import { mountOnboarding } from "./pages/onboarding.ts";
import { accountLinkEndpoints } from "./resources/account-links.ts";
import { accountEndpoints } from "./resources/accounts.ts";
import { balanceTransactionEndpoints } from "./resources/balance-transactions.ts";
import { chargeEndpoints } from "./resources/charges.ts";
import { checkoutSessionEndpoints } from "./resources/checkout-sessions.ts";
import { customerEndpoints } from "./resources/customers.ts";
import { disputeEndpoints } from "./resources/disputes.ts";
import { eventEndpoints } from "./resources/events.ts";
import { paymentIntentEndpoints } from "./resources/payment-intents.ts";
import { paymentMethodEndpoints } from "./resources/payment-methods.ts";
import { refundEndpoints } from "./resources/refunds.ts";
import { setupIntentEndpoints } from "./resources/setup-intents.ts";

export const endpoints: Endpoint[] = [
  ...accountEndpoints,
  ...accountLinkEndpoints,
  ...balanceTransactionEndpoints,
  ...chargeEndpoints,
  ...checkoutSessionEndpoints,
  ...customerEndpoints,
  ...disputeEndpoints,
  ...eventEndpoints,
  ...paymentIntentEndpoints,
  ...paymentMethodEndpoints,
  ...refundEndpoints,
  ...setupIntentEndpoints,
];

/** The API under `/v1`, and the hosted pages beside it. */
export function createApp(machine: Machine, baseUrlOf: (request: Request) => string): Hono {
  const app = new Hono();
  for (const endpoint of endpoints) {
    app.on(endpoint.method.toUpperCase(), endpoint.path, (context) => {
      const id = context.req.param("id") ?? "";
      const request = context.req.raw;
      return answer(machine, endpoint, { request, id, baseUrl: baseUrlOf(request) });
    });
  }
  mountCheckout(app, machine);
  mountAuthentication(app, machine);
  mountOnboarding(app, machine);
  // Stripe's own library takes a 404 without an `error` for a success.
  app.notFound((context) => {
    const request = context.req.raw;
    return answer(machine, undefined, { request, id: "", baseUrl: baseUrlOf(request) });
  });
  return app;
}
