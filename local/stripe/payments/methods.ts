import type Stripe from "stripe";
import { invalid, missing, StripeFailure } from "../kit/failure.ts";
import type { MethodSecret } from "../kit/kinds.ts";
import type { World } from "../kit/world.ts";
import { freshDetails, makePaymentMethod } from "../objects/payment-method.ts";
import { declineBody, declines } from "./declines.ts";
import { type TestMethod, testMethodByName, testMethodByNumber } from "./test-methods.ts";

/** A saved method by its id, or a new one by a test name such as `pm_card_visa`. */
export function resolveMethod(world: World, id: string, param?: string): Stripe.PaymentMethod {
  const found = world.find("payment_method", id);
  if (found !== undefined) return found;
  const test = id.startsWith("pm_") ? testMethodByName(id) : undefined;
  if (test === undefined) throw missing("payment_method", id, param);
  return makePaymentMethod(world, test, freshDetails(world.now));
}

export function secretOf(world: World, method: Stripe.PaymentMethod): MethodSecret {
  return world.need("method_secret", method.id);
}

export function testMethodOf(world: World, method: Stripe.PaymentMethod): TestMethod {
  const test = testMethodByNumber(secretOf(world, method).number);
  if (test === undefined) throw new TypeError(`${method.id} is no test method`);
  return test;
}

const alreadySpent =
  "The provided PaymentMethod was previously used with a PaymentIntent without Customer " +
  "attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod " +
  "multiple times, you must attach it to a Customer first.";

/** A method belongs to one customer, or may be used once. */
export function checkUsable(
  world: World,
  method: Stripe.PaymentMethod,
  customer: Stripe.PaymentIntent["customer"],
): void {
  if (method.customer !== null && method.customer !== customer) {
    const owner = String(method.customer);
    throw invalid(
      `The PaymentMethod ${method.id} belongs to the Customer ${owner}. Please include the ` +
        "Customer in the `customer` parameter.",
      { param: "payment_method" },
    );
  }
  if (method.customer === null && secretOf(world, method).spent) {
    throw invalid(alreadySpent, { param: "payment_method" });
  }
}

export function markSpent(world: World, method: Stripe.PaymentMethod): void {
  world.put("method_secret", method.id, { ...secretOf(world, method), spent: true });
}

/** Saving asks the bank whether the card is good, so cards that decline can't be saved. */
export function attachMethod(
  world: World,
  method: Stripe.PaymentMethod,
  customer: string,
): Stripe.PaymentMethod {
  if (method.customer === customer) return method;
  if (method.customer !== null) {
    throw invalid("The payment method you provided has already been attached to a customer.");
  }
  if (secretOf(world, method).spent) throw invalid(alreadySpent, { param: "payment_method" });
  const { attaches, outcome } = testMethodOf(world, method);
  if (!attaches && outcome.is === "declines") {
    throw new StripeFailure(402, { ...declineBody(declines[outcome.why]), param: "" });
  }
  return save(world, method, customer);
}

/** What a successful payment or setup does with the method that it was asked to keep. */
export function save(
  world: World,
  method: Stripe.PaymentMethod,
  customer: string,
): Stripe.PaymentMethod {
  if (method.customer === customer) return method;
  const attached: Stripe.PaymentMethod = { ...method, customer };
  world.put("payment_method", method.id, attached);
  world.emit("payment_method.attached", attached);
  return attached;
}

export function detachMethod(world: World, method: Stripe.PaymentMethod): Stripe.PaymentMethod {
  if (method.customer === null) {
    throw invalid("The payment method you provided is not attached to a customer.");
  }
  const owner = world.find("customer", String(method.customer));
  if (owner?.invoice_settings.default_payment_method === method.id) {
    const invoiceSettings = { ...owner.invoice_settings, default_payment_method: null };
    world.put("customer", owner.id, { ...owner, invoice_settings: invoiceSettings });
  }
  const detached: Stripe.PaymentMethod = { ...method, customer: null };
  world.put("payment_method", method.id, detached);
  markSpent(world, method);
  world.emit("payment_method.detached", detached, { customer: method.customer });
  return detached;
}
