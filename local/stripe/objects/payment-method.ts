import { createHash } from "node:crypto";
import type Stripe from "stripe";
import type { World } from "../kit/world.ts";
import type { TestMethod } from "../payments/test-methods.ts";

export interface TypedDetails {
  expMonth: number;
  expYear: number;
  name: string | null;
  email: string | null;
}

/** A card used by name is always good for a few years more. */
export function freshDetails(now: string): TypedDetails {
  return { expMonth: 12, expYear: Number(now.slice(0, 4)) + 3, name: null, email: null };
}

/** Makes a method as typed on a page or named in a call; nothing is announced until it is saved. */
export function makePaymentMethod(
  world: World,
  method: TestMethod,
  details: TypedDetails,
): Stripe.PaymentMethod {
  const id = world.newId("pm");
  const made: Stripe.PaymentMethod = {
    id,
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: {
      address: {
        city: null,
        country: null,
        line1: null,
        line2: null,
        postal_code: null,
        state: null,
      },
      email: details.email,
      name: details.name,
      phone: null,
      tax_id: null,
    },
    created: world.nowS,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: method.type,
    ...(method.type === "card"
      ? { card: cardOf(method, details) }
      : { us_bank_account: bankOf(method) }),
  };
  world.put("payment_method", id, made);
  world.put("method_secret", id, { number: method.number, spent: false });
  return made;
}

function cardOf(method: TestMethod, details: TypedDetails): Stripe.PaymentMethod.Card {
  return {
    brand: method.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
    country: "US",
    display_brand: method.brand,
    exp_month: details.expMonth,
    exp_year: details.expYear,
    fingerprint: fingerprintOf(method.number),
    funding: method.funding,
    generated_from: null,
    last4: method.number.slice(-4),
    networks: { available: [method.brand], preferred: null },
    regulated_status: "unregulated",
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

function bankOf(method: TestMethod): Stripe.PaymentMethod.UsBankAccount {
  return {
    account_holder_type: "company",
    account_type: "checking",
    bank_name: "STRIPE TEST BANK",
    financial_connections_account: null,
    fingerprint: fingerprintOf(method.number),
    last4: method.number.slice(-4),
    networks: { preferred: "ach", supported: ["ach"] },
    routing_number: "110000000",
    status_details: {},
  };
}

function fingerprintOf(number: string): string {
  return createHash("sha256").update(number).digest("base64url").slice(0, 16);
}
