import type Stripe from "stripe";
import type { World } from "../kit/world.ts";

export interface PaymentIntentStart {
  amount: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Record<string, string>;
  receiptEmail: string | null;
  setupFutureUsage: "off_session" | "on_session" | null;
  statementDescriptor: string | null;
  statementDescriptorSuffix: string | null;
  paymentMethod: string | null;
  allowedTypes: string[] | null;
  /** Null where the caller named the types itself. */
  automatic: { enabled: boolean; allow_redirects: "always" | "never" } | null;
}

/** Bank debits are in dollars only. */
export function typesFor(currency: string, allowed: string[] | null): string[] {
  const offered = currency === "usd" ? ["card", "us_bank_account"] : ["card"];
  return allowed === null ? offered : allowed;
}

export function makePaymentIntent(world: World, start: PaymentIntentStart): Stripe.PaymentIntent {
  const id = world.newId("pi");
  const intent: Stripe.PaymentIntent = {
    id,
    object: "payment_intent",
    allowed_payment_method_types: start.allowedTypes,
    amount: start.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: start.automatic,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${world.newId("s", 25).slice(2)}`,
    confirmation_method: "automatic",
    created: world.nowS,
    currency: start.currency,
    customer: start.customer,
    customer_account: null,
    description: start.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: start.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: start.paymentMethod,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: typesFor(start.currency, start.allowedTypes),
    payment_record: null,
    processing: null,
    receipt_email: start.receiptEmail,
    review: null,
    setup_future_usage: start.setupFutureUsage,
    shipping: null,
    source: null,
    statement_descriptor: start.statementDescriptor,
    statement_descriptor_suffix: start.statementDescriptorSuffix,
    status: start.paymentMethod === null ? "requires_payment_method" : "requires_confirmation",
    transfer_data: null,
    transfer_group: null,
  };
  world.put("payment_intent", id, intent);
  world.put("intent_secret", id, { returnUrl: null, pendingMethod: null });
  world.emit("payment_intent.created", intent);
  return intent;
}

export interface SetupIntentStart {
  customer: string | null;
  description: string | null;
  metadata: Record<string, string>;
  paymentMethod: string | null;
  allowedTypes: string[] | null;
  usage: "off_session" | "on_session";
  currency: string;
}

export function makeSetupIntent(world: World, start: SetupIntentStart): Stripe.SetupIntent {
  const id = world.newId("seti");
  const automatic = { allow_redirects: "always", enabled: true } as const;
  const intent: Stripe.SetupIntent = {
    id,
    object: "setup_intent",
    allowed_payment_method_types: start.allowedTypes,
    application: null,
    automatic_payment_methods: start.allowedTypes === null ? automatic : null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${world.newId("s", 25).slice(2)}`,
    created: world.nowS,
    customer: start.customer,
    customer_account: null,
    description: start.description,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: start.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: start.paymentMethod,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: typesFor(start.currency, start.allowedTypes),
    single_use_mandate: null,
    status: start.paymentMethod === null ? "requires_payment_method" : "requires_confirmation",
    usage: start.usage,
  };
  world.put("setup_intent", id, intent);
  world.put("intent_secret", id, { returnUrl: null, pendingMethod: null });
  world.emit("setup_intent.created", intent);
  return intent;
}
