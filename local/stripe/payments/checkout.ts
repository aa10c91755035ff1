import type Stripe from "stripe";
import type { World } from "../kit/world.ts";
import { detailsOf } from "../objects/checkout-session.ts";
import { blankCustomer, makeCustomer } from "../objects/customer.ts";
import { makePaymentIntent } from "../objects/intents.ts";
import { makePaymentMethod } from "../objects/payment-method.ts";
import { answerPaymentAuthentication, answerSetupAuthentication } from "./authenticate.ts";
import { confirmPayment } from "./confirm.ts";
import { save } from "./methods.ts";
import { confirmSetup } from "./setup.ts";
import { readTyped, type Typed } from "./typed-method.ts";

type Session = Stripe.Checkout.Session;

/** Where the page goes on: to the bank's page, or back to the merchant. */
export type Step = { is: "ask" } | { is: "done"; location: string };

/** Somebody pressed the button. A decline is thrown, and the page stays open for another card. */
export function submitCheckout(world: World, session: Session, typed: Typed): Step {
  const { test, details } = readTyped(typed, world.now);
  const method = makePaymentMethod(world, test, details);
  const withCustomer = ensureCustomer(world, session, typed);
  if (session.mode === "setup") {
    const intent = world.need("setup_intent", String(session.setup_intent));
    const attempt = { method, isAuthenticated: false, returnUrl: session.success_url };
    return goOn(world, withCustomer, confirmSetup(world, intent, attempt));
  }
  const { opened, intent } = ensureIntent(world, withCustomer);
  if (typed.save) world.put("session_wish", session.id, { save: true });
  const confirmed = confirmPayment(world, intent, {
    method,
    offSession: false,
    isAuthenticated: false,
    errorOnAction: false,
    returnUrl: session.success_url,
  });
  return goOn(world, opened, confirmed);
}

/** The payer comes back from the bank's page. */
export function answerAuthentication(world: World, session: Session, isComplete: boolean): Step {
  if (session.mode === "setup") {
    const intent = world.need("setup_intent", String(session.setup_intent));
    return goOn(world, session, answerSetupAuthentication(world, intent, isComplete));
  }
  const intent = world.need("payment_intent", String(session.payment_intent));
  return goOn(world, session, answerPaymentAuthentication(world, intent, isComplete));
}

/** Whether the page waits for the bank's page to be answered. */
export function isAsking(world: World, session: Session): boolean {
  const intent =
    session.mode === "setup"
      ? world.find("setup_intent", String(session.setup_intent))
      : world.find("payment_intent", String(session.payment_intent));
  return intent?.status === "requires_action";
}

function ensureCustomer(world: World, session: Session, typed: Typed): Session {
  const { intentData } = world.need("session_secret", session.id);
  const wantsOne =
    session.customer_creation === "always" ||
    intentData.setupFutureUsage !== null ||
    (typed.save && session.saved_payment_method_options !== null);
  if (session.mode === "setup" || session.customer !== null || !wantsOne) return session;
  const email = session.customer_email ?? (typed.email.trim() || null);
  const name = typed.name.trim() || null;
  const customer = makeCustomer(world, { ...blankCustomer, email, name });
  return world.put("checkout_session", session.id, { ...session, customer: customer.id });
}

/** Since 2022 Stripe makes the intent with the first attempt, not with the session. */
function ensureIntent(world: World, session: Session) {
  if (session.payment_intent !== null) {
    const intent = world.need("payment_intent", String(session.payment_intent));
    return { opened: session, intent };
  }
  const { intentData } = world.need("session_secret", session.id);
  const intent = makePaymentIntent(world, {
    ...intentData,
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "usd",
    customer: session.customer === null ? null : String(session.customer),
    paymentMethod: null,
    allowedTypes: session.payment_method_types,
    automatic: null,
  });
  const opened: Session = { ...session, payment_intent: intent.id };
  world.put("checkout_session", session.id, opened);
  return { opened, intent };
}

function goOn(
  world: World,
  session: Session,
  intent: Stripe.PaymentIntent | Stripe.SetupIntent,
): Step {
  if (intent.status === "requires_action") return { is: "ask" };
  const method = world.need("payment_method", String(intent.payment_method));
  keepWhereWished(world, session, method);
  const customer = world.find("customer", String(session.customer));
  const { name, address } = method.billing_details;
  const email = session.customer_email ?? customer?.email ?? method.billing_details.email ?? null;
  const isPaid = intent.status === "succeeded";
  const complete: Session = {
    ...session,
    customer_details: detailsOf({ email, name: name ?? null, address: address ?? null }),
    payment_status: session.mode === "setup" ? "no_payment_required" : isPaid ? "paid" : "unpaid",
    status: "complete",
    url: null,
  };
  world.put("checkout_session", session.id, complete);
  world.emit("checkout.session.completed", complete);
  const target = session.success_url ?? "about:blank";
  return { is: "done", location: target.replaceAll("{CHECKOUT_SESSION_ID}", session.id) };
}

/** The payer's own tick: the method is kept and may be offered again. */
function keepWhereWished(world: World, session: Session, method: Stripe.PaymentMethod): void {
  const isWished = world.find("session_wish", session.id)?.save === true;
  if (!isWished || session.saved_payment_method_options === null) return;
  if (session.customer === null) return;
  const kept: Stripe.PaymentMethod = { ...method, allow_redisplay: "always" };
  save(world, world.put("payment_method", method.id, kept), String(session.customer));
}
