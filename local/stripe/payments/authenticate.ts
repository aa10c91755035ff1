import type Stripe from "stripe";
import type { World } from "../kit/world.ts";
import { confirmPayment, failPayment } from "./confirm.ts";
import type { Decline } from "./declines.ts";
import { confirmSetup, failSetup } from "./setup.ts";

const message =
  "We are unable to authenticate your payment method. " +
  "Please choose a different payment method and try again.";

const paymentNotAuthenticated: Decline = {
  code: "payment_intent_authentication_failure",
  declineCode: "authentication_not_handled",
  message,
  advice: "confirm_card_data",
};
const setupNotAuthenticated: Decline = {
  ...paymentNotAuthenticated,
  code: "setup_intent_authentication_failure",
};

/** The payer came back from the bank's page: the waiting attempt goes on, or fails. */
export function answerPaymentAuthentication(
  world: World,
  intent: Stripe.PaymentIntent,
  isComplete: boolean,
): Stripe.PaymentIntent {
  const { pendingMethod, returnUrl } = world.need("intent_secret", intent.id);
  const method = world.need("payment_method", pendingMethod ?? String(intent.payment_method));
  if (!isComplete) {
    throw failPayment(world, intent, { charge: null, why: paymentNotAuthenticated, method });
  }
  const how = { offSession: false, isAuthenticated: true, errorOnAction: false };
  return confirmPayment(world, intent, { method, returnUrl, ...how });
}

export function answerSetupAuthentication(
  world: World,
  intent: Stripe.SetupIntent,
  isComplete: boolean,
): Stripe.SetupIntent {
  const { pendingMethod, returnUrl } = world.need("intent_secret", intent.id);
  const method = world.need("payment_method", pendingMethod ?? String(intent.payment_method));
  if (!isComplete) throw failSetup(world, intent, { method, why: setupNotAuthenticated });
  return confirmSetup(world, intent, { method, isAuthenticated: true, returnUrl });
}
