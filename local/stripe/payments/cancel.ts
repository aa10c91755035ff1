import type Stripe from "stripe";
import type { World } from "../kit/world.ts";
import { unexpectedState } from "./confirm.ts";
import { unexpectedSetupState } from "./setup.ts";

/** Once money is on its way an intent can't be changed or canceled. */
export const cancelable = ["requires_payment_method", "requires_confirmation", "requires_action"];

export function cancelIntent(
  world: World,
  intent: Stripe.PaymentIntent,
  reason: Stripe.PaymentIntent.CancellationReason | null,
): Stripe.PaymentIntent {
  if (!cancelable.includes(intent.status)) {
    throw unexpectedState(intent, `cannot be canceled because it has a status of ${intent.status}`);
  }
  const canceled: Stripe.PaymentIntent = {
    ...intent,
    canceled_at: world.nowS,
    cancellation_reason: reason,
    next_action: null,
    status: "canceled",
  };
  world.put("payment_intent", intent.id, canceled);
  world.emit("payment_intent.canceled", canceled);
  return canceled;
}

export function cancelSetup(
  world: World,
  intent: Stripe.SetupIntent,
  reason: Stripe.SetupIntent.CancellationReason | null,
): Stripe.SetupIntent {
  const isOver = intent.status === "succeeded" || intent.status === "canceled";
  if (isOver) throw unexpectedSetupState(intent, "cancel");
  const canceled: Stripe.SetupIntent = {
    ...intent,
    cancellation_reason: reason,
    next_action: null,
    status: "canceled",
  };
  world.put("setup_intent", intent.id, canceled);
  world.emit("setup_intent.canceled", canceled);
  return canceled;
}
