import type Stripe from "stripe";
import type * as z from "zod";
import { checkChargeable, checkCurrency } from "../kit/amounts.ts";
import { type Endpoint, endpoint, type PathParams } from "../kit/endpoint.ts";
import { badParameter, invalid } from "../kit/failure.ts";
import { isCreatedIn, pageOf } from "../kit/list.ts";
import { allowedTypes, formerMethodTypeParams, methodTypeParams } from "../kit/method-types.ts";
import {
  boolean,
  createdRange,
  emptyable,
  integer,
  type Known,
  mergeMetadata,
  metadata,
  object,
  oneOf,
  paging,
  params,
  text,
  webAddress,
} from "../kit/params.ts";
import type { World } from "../kit/world.ts";
import { makePaymentIntent } from "../objects/intents.ts";
import { cancelable, cancelIntent } from "../payments/cancel.ts";
import { confirmPayment, unexpectedState } from "../payments/confirm.ts";
import { checkUsable, resolveMethod } from "../payments/methods.ts";
import { checkReady } from "../payments/ready.ts";

export const futureUsage = oneOf(["off_session", "on_session"]);
export const mandateData = object({
  customer_acceptance: object({
    type: oneOf(["offline", "online"]),
    accepted_at: integer().optional(),
    offline: object({}).or(text()).optional(),
    online: object({ ip_address: text(), user_agent: text() }).optional(),
  }),
});
export const automaticMethods = object({
  enabled: boolean(),
  allow_redirects: oneOf(["always", "never"]).optional(),
});
const confirming = {
  payment_method: text().optional(),
  off_session: boolean().optional(),
  error_on_requires_action: boolean().optional(),
  mandate_data: mandateData.optional(),
  return_url: webAddress().optional(),
  receipt_email: emptyable(text()).optional(),
  setup_future_usage: emptyable(futureUsage).optional(),
  use_stripe_sdk: boolean().optional(),
} satisfies Known<Stripe.PaymentIntentConfirmParams>;

const createKnown = {
  ...confirming,
  ...methodTypeParams,
  amount: integer(),
  currency: text(3),
  automatic_payment_methods: automaticMethods.optional(),
  confirm: boolean().optional(),
  customer: text().optional(),
  description: text(1000).optional(),
  metadata: metadata().optional(),
  statement_descriptor: text(22).optional(),
  statement_descriptor_suffix: text(22).optional(),
} satisfies Known<Stripe.PaymentIntentCreateParams>;
const createParams = params({ ...createKnown, ...formerMethodTypeParams });
const confirmParams = params({ ...confirming, ...methodTypeParams });
const updateParams = params({
  amount: integer().optional(),
  customer: text().optional(),
  description: emptyable(text(1000)).optional(),
  metadata: metadata().optional(),
  receipt_email: emptyable(text()).optional(),
} satisfies Known<Stripe.PaymentIntentUpdateParams>);
const cancelParams = params({
  cancellation_reason: oneOf([
    "abandoned",
    "duplicate",
    "fraudulent",
    "requested_by_customer",
  ]).optional(),
} satisfies Known<Stripe.PaymentIntentCancelParams>);
const listParams = params({
  ...paging,
  created: createdRange().optional(),
  customer: text().optional(),
} satisfies Known<Stripe.PaymentIntentListParams>);

const path = "/v1/payment_intents";

export const paymentIntentEndpoints: Endpoint[] = [
  endpoint({ method: "post", path, params: createParams, run: createIntent }),
  endpoint({
    method: "get",
    path,
    params: listParams,
    run(world, { created, customer, ...page }) {
      const matching = world
        .list("payment_intent")
        .filter((intent) => isCreatedIn(created, intent.created))
        .filter((intent) => customer === undefined || intent.customer === customer);
      return pageOf(matching, page, path);
    },
  }),
  endpoint({
    method: "get",
    path: `${path}/:id`,
    params: params({ client_secret: text().optional() }),
    run: (world, _params, { id }) => world.need("payment_intent", id),
  }),
  endpoint({
    method: "post",
    path: `${path}/:id`,
    params: updateParams,
    run: (world, change, { id }) => updateIntent(world, world.need("payment_intent", id), change),
  }),
  endpoint({
    method: "post",
    path: `${path}/:id/confirm`,
    params: confirmParams,
    run: (world, given, { id }) => confirmNow(world, world.need("payment_intent", id), given),
  }),
  endpoint({
    method: "post",
    path: `${path}/:id/cancel`,
    params: cancelParams,
    run(world, given, { id }) {
      const intent = world.need("payment_intent", id);
      if (world.list("checkout_session").some((session) => session.payment_intent === id)) {
        throw unexpectedState(intent, "belongs to a Checkout Session: expire that instead");
      }
      return cancelIntent(world, intent, given.cancellation_reason ?? null);
    },
  }),
];

function createIntent(
  world: World,
  given: z.output<typeof createParams>,
  { apiVersion }: PathParams,
): Stripe.PaymentIntent {
  const currency = given.currency.toLowerCase();
  const allowed = allowedTypes(given, apiVersion);
  checkCurrency(currency, "currency");
  checkChargeable(given.amount, currency, "amount");
  checkTogether(given);
  checkReady(world);
  if (given.customer !== undefined) world.need("customer", given.customer, "customer");
  const method = methodOf(world, given.payment_method);
  if (method !== undefined) checkUsable(world, method, given.customer ?? null);
  const automatic = {
    enabled: true,
    allow_redirects: "always",
    ...given.automatic_payment_methods,
  };
  const intent = makePaymentIntent(world, {
    amount: given.amount,
    currency,
    customer: given.customer ?? null,
    description: given.description ?? null,
    metadata: mergeMetadata({}, given.metadata),
    receiptEmail: given.receipt_email ?? null,
    setupFutureUsage: given.setup_future_usage ?? null,
    statementDescriptor: given.statement_descriptor ?? null,
    statementDescriptorSuffix: given.statement_descriptor_suffix ?? null,
    paymentMethod: method?.id ?? null,
    allowedTypes: allowed,
    automatic:
      allowed === null
        ? { enabled: automatic.enabled, allow_redirects: redirects(automatic.allow_redirects) }
        : null,
  });
  return given.confirm === true
    ? confirmNow(world, intent, { ...given, payment_method: method?.id })
    : intent;
}

const redirects = (value: string | undefined) => (value === "never" ? "never" : "always");

function checkTogether(given: z.output<typeof createParams>): void {
  for (const name of ["off_session", "error_on_requires_action", "return_url"] as const) {
    if (given[name] === undefined || given.confirm === true) continue;
    const message = `The parameter \`${name}\` cannot be passed when creating a PaymentIntent unless \`confirm\` is set to true.`;
    throw badParameter("payment_intent_invalid_parameter", name, message);
  }
}

function methodOf(world: World, id: string | undefined): Stripe.PaymentMethod | undefined {
  return id === undefined ? undefined : resolveMethod(world, id, "payment_method");
}

function confirmNow(
  world: World,
  intent: Stripe.PaymentIntent,
  given: z.output<typeof confirmParams>,
): Stripe.PaymentIntent {
  const id = given.payment_method ?? intent.payment_method;
  if (id === null) {
    throw unexpectedState(intent, "cannot be confirmed: it is missing a payment method");
  }
  const method = resolveMethod(world, String(id), "payment_method");
  const usage = given.setup_future_usage;
  const email = given.receipt_email;
  const confirmed: Stripe.PaymentIntent = {
    ...intent,
    ...(usage === undefined ? {} : { setup_future_usage: usage }),
    ...(email === undefined ? {} : { receipt_email: email }),
  };
  const offSession = given.off_session ?? false;
  if (!offSession) checkReturnUrl(intent, given.return_url);
  return confirmPayment(world, confirmed, {
    method,
    offSession,
    isAuthenticated: false,
    errorOnAction: given.error_on_requires_action ?? false,
    returnUrl: given.return_url ?? null,
  });
}

function checkReturnUrl(intent: Stripe.PaymentIntent, returnUrl: string | undefined): void {
  const automatic = intent.automatic_payment_methods;
  const mayRedirect = automatic?.enabled === true && automatic.allow_redirects !== "never";
  if (!mayRedirect || returnUrl !== undefined) return;
  throw invalid(
    "This PaymentIntent is configured to accept payment methods that may redirect your customer: " +
      "pass a `return_url`, or set `automatic_payment_methods[allow_redirects]` to `never`.",
    { code: "payment_intent_invalid_parameter", param: "return_url" },
  );
}

function updateIntent(
  world: World,
  intent: Stripe.PaymentIntent,
  change: z.output<typeof updateParams>,
): Stripe.PaymentIntent {
  if (!cancelable.includes(intent.status)) {
    throw unexpectedState(intent, `could not be updated because its status is ${intent.status}`);
  }
  if (change.amount !== undefined) checkChargeable(change.amount, intent.currency, "amount");
  if (change.customer !== undefined) world.need("customer", change.customer, "customer");
  const { description, receipt_email: email } = change;
  return world.put("payment_intent", intent.id, {
    ...intent,
    amount: change.amount ?? intent.amount,
    customer: change.customer ?? intent.customer,
    ...(description === undefined ? {} : { description }),
    ...(email === undefined ? {} : { receipt_email: email }),
    metadata: mergeMetadata(intent.metadata, change.metadata),
  });
}
