import type Stripe from "stripe";
import type { World } from "../kit/world.ts";

export interface SessionStart {
  mode: "payment" | "setup";
  amount: number | null;
  currency: string | null;
  customer: string | null;
  customerCreation: "always" | "if_required" | null;
  customerEmail: string | null;
  clientReferenceId: string | null;
  cancelUrl: string | null;
  successUrl: string;
  expiresAtS: number;
  locale: string | null;
  metadata: Record<string, string>;
  methodTypes: string[];
  allowedTypes: string[] | null;
  savesMethod: boolean;
  setupIntent: string | null;
  submitType: string | null;
}

export function newSession(world: World, start: SessionStart): Stripe.Checkout.Session {
  const id = world.newId("cs_test", 58);
  const isPayment = start.mode === "payment";
  const saving = {
    allow_redisplay_filters: ["always" as const],
    payment_method_remove: "disabled" as const,
    payment_method_save: "enabled" as const,
  };
  return {
    ...unusedFields(),
    id,
    object: "checkout.session",
    allowed_payment_method_types: start.allowedTypes,
    amount_subtotal: start.amount,
    amount_total: start.amount,
    cancel_url: start.cancelUrl,
    client_reference_id: start.clientReferenceId,
    created: world.nowS,
    currency: start.currency,
    customer: start.customer,
    customer_creation: start.customer === null ? start.customerCreation : null,
    customer_details: detailsOf({ email: start.customerEmail, name: null, address: null }),
    customer_email: start.customerEmail,
    expires_at: start.expiresAtS,
    livemode: false,
    locale: start.locale,
    metadata: start.metadata,
    mode: start.mode,
    payment_method_collection: isPayment ? "if_required" : "always",
    payment_method_types: start.methodTypes,
    payment_status: isPayment ? "unpaid" : "no_payment_required",
    saved_payment_method_options: start.savesMethod ? saving : null,
    setup_intent: start.setupIntent,
    status: "open",
    submit_type: start.submitType,
    success_url: start.successUrl,
    total_details: isPayment ? { amount_discount: 0, amount_shipping: 0, amount_tax: 0 } : null,
    url: `${world.baseUrl}/${isPayment ? "pay" : "setup"}/${id}`,
  };
}

export function detailsOf({
  address,
  email,
  name,
}: Pick<
  Stripe.Checkout.Session.CustomerDetails,
  "address" | "email" | "name"
>): Stripe.Checkout.Session.CustomerDetails | null {
  if (email === null && name === null) return null;
  return {
    address,
    business_name: null,
    email,
    individual_name: null,
    name,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
}

/** What a session says of features that the stand-in doesn't have. */
function unusedFields() {
  return {
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    client_secret: null,
    collected_information: {
      business_name: null,
      individual_name: null,
      shipping_details: null,
    },
    consent: null,
    consent_collection: null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer_account: null,
    discounts: [],
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    managed_payments: null,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    subscription: null,
    ui_mode: "hosted_page" as const,
    wallet_options: null,
  } satisfies Partial<Stripe.Checkout.Session>;
}
