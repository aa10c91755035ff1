import type Stripe from "stripe";
import { invalid, StripeFailure } from "../kit/failure.ts";
import { laterBy } from "../kit/ids.ts";
import type { ChargeOverride } from "../kit/kinds.ts";
import type { World } from "../kit/world.ts";
import { makeCharge } from "../objects/charge.ts";
import { type Decline, declineBody, declines } from "./declines.ts";
import { openDispute } from "./disputes.ts";
import { checkUsable, markSpent, save, testMethodOf } from "./methods.ts";
import type { Outcome } from "./test-methods.ts";

export interface Attempt {
  method: Stripe.PaymentMethod;
  /** The payer isn't there to authenticate. */
  offSession: boolean;
  /** The payer has just authenticated this very attempt. */
  isAuthenticated: boolean;
  errorOnAction: boolean;
  returnUrl: string | null;
}

export const debitDelayS = 3 * 24 * 3600;

const confirmable = ["requires_payment_method", "requires_confirmation", "requires_action"];

const overrides: Record<ChargeOverride, Outcome> = {
  decline: { is: "declines", why: "generic" },
  "hard-decline": { is: "declines", why: "lostCard" },
  authenticate: { is: "asks", when: "always" },
  delay: { is: "debits", why: null },
};

/** One attempt at an intent's money. A decline stays on record and is thrown as Stripe's 402. */
export function confirmPayment(
  world: World,
  intent: Stripe.PaymentIntent,
  attempt: Attempt,
): Stripe.PaymentIntent {
  checkConfirmable(world, intent, attempt);
  const outcome = outcomeOf(world, attempt);
  if (outcome.is === "declines")
    return decline(world, intent, { attempt, why: declines[outcome.why] });
  if (outcome.is === "asks") {
    const canAsk = !attempt.offSession && !attempt.errorOnAction;
    if (canAsk) return askForAuthentication(world, intent, attempt);
    return decline(world, intent, { attempt, why: declines.authenticationRequired });
  }
  const method = keep(world, intent, attempt.method);
  if (outcome.is === "debits") return debit(world, intent, { method, why: outcome.why });
  return succeed(world, intent, { method, isAuthenticated: attempt.isAuthenticated });
}

function checkConfirmable(world: World, intent: Stripe.PaymentIntent, attempt: Attempt): void {
  const { method } = attempt;
  if (!confirmable.includes(intent.status)) {
    throw unexpectedState(
      intent,
      `cannot be confirmed because it has a status of ${intent.status}`,
    );
  }
  if (!intent.payment_method_types.includes(method.type)) {
    throw invalid(
      `The PaymentMethod provided (${method.type}) is not allowed for this PaymentIntent. Please ` +
        `attach a PaymentMethod of one of these types: ${intent.payment_method_types.join(", ")}.`,
      { code: "payment_intent_incompatible_payment_method", param: "payment_method" },
    );
  }
  checkUsable(world, method, intent.customer);
}

export function unexpectedState(intent: Stripe.PaymentIntent, what: string): StripeFailure {
  return new StripeFailure(400, {
    type: "invalid_request_error",
    code: "payment_intent_unexpected_state",
    message: `This PaymentIntent ${what}.`,
    payment_intent: intent,
  });
}

/** A control decides before the card does, once. */
function outcomeOf(world: World, attempt: Attempt): Outcome {
  const own = testMethodOf(world, attempt.method).outcome;
  const controls = world.controls();
  const [override, ...later] = controls.nextCharges;
  if (override !== undefined && !attempt.isAuthenticated) {
    world.setControls({ ...controls, nextCharges: later });
    return overrides[override];
  }
  if (isExpired(attempt.method, world.now)) return { is: "declines", why: "expiredCard" };
  if (own.is !== "asks") return own;
  const isAsked = own.when === "always" || !attempt.offSession;
  return isAsked && !attempt.isAuthenticated ? own : { is: "succeeds" };
}

/** A card is good through the last day of its month. */
function isExpired({ card }: Stripe.PaymentMethod, now: string): boolean {
  const until = card && `${card.exp_year}-${String(card.exp_month).padStart(2, "0")}`;
  return until !== undefined && until < now.slice(0, 7);
}

function decline(
  world: World,
  intent: Stripe.PaymentIntent,
  failed: { attempt: Attempt; why: Decline },
): never {
  const { method } = failed.attempt;
  const result = { is: "failed", why: failed.why } as const;
  const charge = makeCharge(world, intent, { method, result });
  world.emit("charge.failed", charge);
  throw failPayment(world, intent, { charge, why: failed.why, method });
}

/** The intent waits for another method; the error tells of the failed charge. */
export function failPayment(
  world: World,
  intent: Stripe.PaymentIntent,
  failed: { charge: Stripe.Charge | null; why: Decline; method: Stripe.PaymentMethod },
): StripeFailure {
  const { charge, method } = failed;
  const body = {
    ...declineBody(failed.why),
    ...(charge === null ? {} : { charge: charge.id }),
    payment_method: method,
  };
  const next: Stripe.PaymentIntent = {
    ...intent,
    last_payment_error: body as Stripe.PaymentIntent.LastPaymentError,
    latest_charge: charge?.id ?? intent.latest_charge,
    next_action: null,
    payment_method: null,
    processing: null,
    status: "requires_payment_method",
  };
  world.put("payment_intent", intent.id, next);
  world.emit("payment_intent.payment_failed", next);
  return new StripeFailure(402, { ...body, payment_intent: next }, { keepsChanges: true });
}

function askForAuthentication(
  world: World,
  intent: Stripe.PaymentIntent,
  attempt: Attempt,
): Stripe.PaymentIntent {
  const { method, returnUrl } = attempt;
  const url = `${world.baseUrl}/authenticate/${intent.id}`;
  const sdk = { type: "use_stripe_sdk", use_stripe_sdk: {} } as Stripe.PaymentIntent.NextAction;
  const redirect = { type: "redirect_to_url", redirect_to_url: { return_url: returnUrl, url } };
  const next: Stripe.PaymentIntent = {
    ...intent,
    last_payment_error: null,
    next_action: returnUrl === null ? sdk : redirect,
    payment_method: method.id,
    status: "requires_action",
  };
  world.put("intent_secret", intent.id, { returnUrl, pendingMethod: method.id });
  world.put("payment_intent", intent.id, next);
  world.emit("payment_intent.requires_action", next);
  return next;
}

function keep(
  world: World,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
): Stripe.PaymentMethod {
  if (intent.setup_future_usage !== null && intent.customer !== null) {
    return save(world, method, String(intent.customer));
  }
  if (method.customer === null) markSpent(world, method);
  return method;
}

function debit(
  world: World,
  intent: Stripe.PaymentIntent,
  how: { method: Stripe.PaymentMethod; why: string | null },
): Stripe.PaymentIntent {
  const { method } = how;
  const charge = makeCharge(world, intent, { method, result: { is: "pending" } });
  const next: Stripe.PaymentIntent = {
    ...intent,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    processing: method.type === "card" ? { type: "card" } : null,
    status: "processing",
  };
  world.put("payment_intent", intent.id, next);
  world.emit("charge.pending", charge);
  world.emit("payment_intent.processing", next);
  const at = laterBy(world.now, debitDelayS);
  world.schedule({ kind: "settle-debit", at, paymentIntent: intent.id, decline: how.why });
  return next;
}

function succeed(
  world: World,
  intent: Stripe.PaymentIntent,
  attempt: { method: Stripe.PaymentMethod; isAuthenticated: boolean },
): Stripe.PaymentIntent {
  const { method } = attempt;
  const charge = makeCharge(world, intent, { ...attempt, result: { is: "succeeded" } });
  world.emit("charge.succeeded", charge);
  const next = finishPayment(world, intent, { charge, method });
  const { afterwards } = testMethodOf(world, method);
  if (afterwards === "dispute" || afterwards === "inquiry") {
    openDispute(world, charge, { amount: charge.amount, isInquiry: afterwards === "inquiry" });
  }
  return next;
}

export function finishPayment(
  world: World,
  intent: Stripe.PaymentIntent,
  paid: { charge: Stripe.Charge; method: Stripe.PaymentMethod },
): Stripe.PaymentIntent {
  const next: Stripe.PaymentIntent = {
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: paid.charge.id,
    next_action: null,
    payment_method: paid.method.id,
    processing: null,
    status: "succeeded",
  };
  world.put("payment_intent", intent.id, next);
  world.emit("payment_intent.succeeded", next);
  return next;
}
