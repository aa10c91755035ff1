import type Stripe from "stripe";
import { formerMethodTypeParams, methodTypeParams } from "../kit/method-types.ts";
import {
  createdRange,
  integer,
  type Known,
  list,
  metadata,
  object,
  oneOf,
  paging,
  params,
  text,
  webAddress,
} from "../kit/params.ts";
import { futureUsage } from "./payment-intents.ts";

const priceData = object({
  currency: text(3),
  unit_amount: integer(),
  product_data: object({
    name: text(250),
    description: text().optional(),
    metadata: metadata().optional(),
  }),
} satisfies Known<Stripe.Checkout.SessionCreateParams.LineItem.PriceData>);

const lineItem = object({
  price_data: priceData,
  quantity: integer().optional(),
  metadata: metadata().optional(),
} satisfies Known<Stripe.Checkout.SessionCreateParams.LineItem>);

const known = {
  ...methodTypeParams,
  cancel_url: webAddress().optional(),
  client_reference_id: text(200).optional(),
  currency: text(3).optional(),
  customer: text().optional(),
  customer_creation: oneOf(["always", "if_required"]).optional(),
  customer_email: text(800).optional(),
  expires_at: integer().optional(),
  line_items: list(lineItem).optional(),
  locale: text(8).optional(),
  metadata: metadata().optional(),
  mode: oneOf(["payment", "setup"]),
  payment_intent_data: object({
    description: text(1000).optional(),
    metadata: metadata().optional(),
    receipt_email: text().optional(),
    setup_future_usage: futureUsage.optional(),
    statement_descriptor: text(22).optional(),
    statement_descriptor_suffix: text(22).optional(),
  } satisfies Known<Stripe.Checkout.SessionCreateParams.PaymentIntentData>).optional(),
  saved_payment_method_options: object({
    payment_method_save: oneOf(["enabled", "disabled"]).optional(),
  }).optional(),
  setup_intent_data: object({
    description: text(1000).optional(),
    metadata: metadata().optional(),
  } satisfies Known<Stripe.Checkout.SessionCreateParams.SetupIntentData>).optional(),
  submit_type: oneOf(["auto", "book", "donate", "pay"]).optional(),
  success_url: webAddress(),
  ui_mode: oneOf(["hosted_page"]).optional(),
} satisfies Known<Stripe.Checkout.SessionCreateParams>;

export const createParams = params({ ...known, ...formerMethodTypeParams });

export const listParams = params({
  ...paging,
  created: createdRange().optional(),
  customer: text().optional(),
  payment_intent: text().optional(),
  status: oneOf(["open", "complete", "expired"]).optional(),
} satisfies Known<Stripe.Checkout.SessionListParams>);

export const updateParams = params({
  metadata: metadata().optional(),
} satisfies Known<Stripe.Checkout.SessionUpdateParams>);

export const lineItemParams = params(paging);
