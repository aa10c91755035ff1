import type Stripe from "stripe";
import { invalid, StripeFailure } from "../kit/failure.ts";
import type { World } from "../kit/world.ts";
import { type Decline, declineBody, declines } from "./declines.ts";
import { checkUsable, markSpent, save, testMethodOf } from "./methods.ts";

export interface SetupAttempt {
  method: Stripe.PaymentMethod;
  isAuthenticated: boolean;
  returnUrl: string | null;
}

const confirmable = ["requires_payment_method", "requires_confirmation", "requires_action"];

/** Saves a method without taking money; a card that would decline is declined here already. */
export function confirmSetup(
  world: World,
  intent: Stripe.SetupIntent,
  attempt: SetupAttempt,
): Stripe.SetupIntent {
  const { method } = attempt;
  if (!confirmable.includes(intent.status)) throw unexpectedSetupState(intent, "confirm");
  if (!intent.payment_method_types.includes(method.type)) {
    throw invalid(
      `The PaymentMethod provided (${method.type}) is not allowed for this SetupIntent.`,
      {
        param: "payment_method",
      },
    );
  }
  checkUsable(world, method, intent.customer);
  const { outcome, attaches } = testMethodOf(world, method);
  if (outcome.is === "declines" && !attaches) {
    throw failSetup(world, intent, { method, why: declines[outcome.why] });
  }
  if (outcome.is === "asks" && !attempt.isAuthenticated) return ask(world, intent, attempt);
  return finish(world, intent, method);
}

export function unexpectedSetupState(intent: Stripe.SetupIntent, verb: string): StripeFailure {
  return new StripeFailure(400, {
    type: "invalid_request_error",
    code: "setup_intent_unexpected_state",
    message: `You cannot ${verb} this SetupIntent because it has a status of ${intent.status}.`,
    setup_intent: intent,
  });
}

function finish(
  world: World,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
): Stripe.SetupIntent {
  if (intent.customer === null) markSpent(world, method);
  else save(world, method, String(intent.customer));
  const next: Stripe.SetupIntent = {
    ...intent,
    last_setup_error: null,
    next_action: null,
    payment_method: method.id,
    status: "succeeded",
  };
  world.put("setup_intent", intent.id, next);
  world.emit("setup_intent.succeeded", next);
  return next;
}

function ask(world: World, intent: Stripe.SetupIntent, attempt: SetupAttempt): Stripe.SetupIntent {
  const { method, returnUrl } = attempt;
  const url = `${world.baseUrl}/authenticate/${intent.id}`;
  const redirect = { type: "redirect_to_url", redirect_to_url: { return_url: returnUrl, url } };
  const sdk = { type: "use_stripe_sdk", use_stripe_sdk: {} };
  const next: Stripe.SetupIntent = {
    ...intent,
    last_setup_error: null,
    next_action: returnUrl === null ? sdk : redirect,
    payment_method: method.id,
    status: "requires_action",
  };
  world.put("intent_secret", intent.id, { returnUrl, pendingMethod: method.id });
  world.put("setup_intent", intent.id, next);
  world.emit("setup_intent.requires_action", next);
  return next;
}

export function failSetup(
  world: World,
  intent: Stripe.SetupIntent,
  failed: { method: Stripe.PaymentMethod; why: Decline },
): StripeFailure {
  const body = { ...declineBody(failed.why), payment_method: failed.method };
  const next: Stripe.SetupIntent = {
    ...intent,
    last_setup_error: body as Stripe.SetupIntent.LastSetupError,
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  };
  world.put("setup_intent", intent.id, next);
  world.emit("setup_intent.setup_failed", next);
  return new StripeFailure(402, { ...body, setup_intent: next }, { keepsChanges: true });
}
