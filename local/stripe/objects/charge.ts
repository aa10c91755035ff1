import type Stripe from "stripe";
import type { World } from "../kit/world.ts";
import type { Decline } from "../payments/declines.ts";
import { noAddress } from "./address.ts";
import { makeBalanceTransaction, processingFee } from "./balance-transaction.ts";

export type ChargeResult = { is: "succeeded" } | { is: "pending" } | { is: "failed"; why: Decline };

/** One attempt to take an intent's money. */
export function makeCharge(
  world: World,
  intent: Stripe.PaymentIntent,
  attempt: { method: Stripe.PaymentMethod; result: ChargeResult; isAuthenticated?: boolean },
): Stripe.Charge {
  const { method, result, isAuthenticated = false } = attempt;
  const id = world.newId(method.type === "card" ? "ch" : "py");
  const charge: Stripe.Charge = {
    id,
    object: "charge",
    amount: intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: {
      ...method.billing_details,
      address: method.billing_details.address ?? noAddress,
      tax_id: null,
    },
    calculated_statement_descriptor: intent.statement_descriptor ?? "TEST MERCHANT",
    created: world.nowS,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(intent, method, isAuthenticated),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    refunds: { object: "list", data: [], has_more: false, url: `/v1/charges/${id}/refunds` },
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    transfer_data: null,
    transfer_group: null,
    ...outcomeOf(intent, result),
  };
  const booked = result.is === "succeeded" ? booking(world, charge, method.type) : charge;
  return world.put("charge", id, booked);
}

/** What an attempt's end says on the charge; a pending bank debit gets its end later. */
export function outcomeOf(intent: Stripe.PaymentIntent, result: ChargeResult) {
  const isFailed = result.is === "failed";
  const why = isFailed ? result.why : null;
  return {
    amount_captured: isFailed ? 0 : intent.amount,
    captured: !isFailed,
    failure_code: why?.code ?? null,
    failure_message: why?.message ?? null,
    outcome: {
      advice_code: why?.advice ?? null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: isFailed ? "declined_by_network" : "approved_by_network",
      reason: why?.declineCode ?? null,
      risk_level: "normal",
      seller_message: isFailed ? "The bank did not approve the payment." : "Payment complete.",
      type: isFailed ? "issuer_declined" : "authorized",
    },
    paid: result.is === "succeeded",
    status: result.is,
  } satisfies Partial<Stripe.Charge>;
}

export function booking(world: World, charge: Stripe.Charge, type: string): Stripe.Charge {
  const booked = makeBalanceTransaction(world, {
    amount: charge.amount,
    fee: processingFee(charge.amount, type),
    currency: charge.currency,
    description: charge.description,
    source: charge.id,
    type: type === "card" ? "charge" : "payment",
  });
  const receipt = `${world.baseUrl}/receipts/${charge.id}`;
  return { ...charge, balance_transaction: booked.id, receipt_url: receipt };
}

function detailsOf(
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  isAuthenticated: boolean,
): Stripe.Charge.PaymentMethodDetails {
  const { card, us_bank_account: bank } = method;
  if (card !== undefined) {
    const three_d_secure = isAuthenticated ? authenticated : null;
    return { type: "card", card: { ...cardDetails(intent.amount, card), three_d_secure } };
  }
  return {
    type: "us_bank_account",
    us_bank_account: {
      account_holder_type: bank?.account_holder_type ?? null,
      account_type: bank?.account_type ?? null,
      bank_name: bank?.bank_name ?? null,
      fingerprint: bank?.fingerprint ?? null,
      last4: bank?.last4 ?? null,
      payment_reference: null,
      routing_number: bank?.routing_number ?? null,
    },
  };
}

/** What the bank's page leaves on the charge that follows it. */
const authenticated: Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure = {
  authentication_flow: "challenge",
  electronic_commerce_indicator: "05",
  exemption_indicator: null,
  result: "authenticated",
  result_reason: null,
  transaction_id: null,
  version: "2.2.0",
};

function cardDetails(amount: number, card: Stripe.PaymentMethod.Card) {
  const details = {
    amount_authorized: amount,
    authorization_code: null,
    brand: card.brand,
    checks: card.checks,
    country: card.country,
    electronic_commerce_indicator: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    extended_authorization: { status: "disabled" },
    fingerprint: card.fingerprint ?? null,
    funding: card.funding,
    incremental_authorization: { status: "unavailable" },
    installments: null,
    last4: card.last4,
    mandate: null,
    multicapture: { status: "unavailable" },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: amount, status: "unavailable" },
    regulated_status: card.regulated_status,
    transaction_link_id: null,
    wallet: null,
  };
  return details as Stripe.Charge.PaymentMethodDetails.Card;
}
