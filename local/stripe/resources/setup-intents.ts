import type Stripe from "stripe";
import type * as z from "zod";
import { type Endpoint, endpoint, type PathParams } from "../kit/endpoint.ts";
import { isCreatedIn, pageOf } from "../kit/list.ts";
import { allowedTypes, formerMethodTypeParams, methodTypeParams } from "../kit/method-types.ts";
import {
  boolean,
  createdRange,
  type Known,
  mergeMetadata,
  metadata,
  oneOf,
  paging,
  params,
  text,
  webAddress,
} from "../kit/params.ts";
import type { World } from "../kit/world.ts";
import { makeSetupIntent } from "../objects/intents.ts";
import { cancelSetup } from "../payments/cancel.ts";
import { resolveMethod } from "../payments/methods.ts";
import { confirmSetup, unexpectedSetupState } from "../payments/setup.ts";
import { automaticMethods, futureUsage, mandateData } from "./payment-intents.ts";

const confirming = {
  payment_method: text().optional(),
  mandate_data: mandateData.optional(),
  return_url: webAddress().optional(),
  use_stripe_sdk: boolean().optional(),
} satisfies Known<Stripe.SetupIntentConfirmParams>;
const createKnown = {
  ...confirming,
  ...methodTypeParams,
  automatic_payment_methods: automaticMethods.optional(),
  confirm: boolean().optional(),
  customer: text().optional(),
  description: text(1000).optional(),
  metadata: metadata().optional(),
  usage: futureUsage.optional(),
} satisfies Known<Stripe.SetupIntentCreateParams>;
const createParams = params({ ...createKnown, ...formerMethodTypeParams });
const confirmParams = params(confirming);
const cancelParams = params({
  cancellation_reason: oneOf(["abandoned", "duplicate", "requested_by_customer"]).optional(),
} satisfies Known<Stripe.SetupIntentCancelParams>);
const listParams = params({
  ...paging,
  created: createdRange().optional(),
  customer: text().optional(),
  payment_method: text().optional(),
} satisfies Known<Stripe.SetupIntentListParams>);

const path = "/v1/setup_intents";

export const setupIntentEndpoints: Endpoint[] = [
  endpoint({ method: "post", path, params: createParams, run: createIntent }),
  endpoint({
    method: "get",
    path,
    params: listParams,
    run(world, { created, customer, payment_method: method, ...page }) {
      const matching = world
        .list("setup_intent")
        .filter((intent) => isCreatedIn(created, intent.created))
        .filter((intent) => customer === undefined || intent.customer === customer)
        .filter((intent) => method === undefined || intent.payment_method === method);
      return pageOf(matching, page, path);
    },
  }),
  endpoint({
    method: "get",
    path: `${path}/:id`,
    params: params({ client_secret: text().optional() }),
    run: (world, _params, { id }) => world.need("setup_intent", id),
  }),
  endpoint({
    method: "post",
    path: `${path}/:id/confirm`,
    params: confirmParams,
    run: (world, given, { id }) => confirmNow(world, world.need("setup_intent", id), given),
  }),
  endpoint({
    method: "post",
    path: `${path}/:id/cancel`,
    params: cancelParams,
    run: (world, given, { id }) =>
      cancelSetup(world, world.need("setup_intent", id), given.cancellation_reason ?? null),
  }),
];

function createIntent(
  world: World,
  given: z.output<typeof createParams>,
  { apiVersion }: PathParams,
): Stripe.SetupIntent {
  const allowed = allowedTypes(given, apiVersion);
  if (given.customer !== undefined) world.need("customer", given.customer, "customer");
  const method =
    given.payment_method === undefined
      ? undefined
      : resolveMethod(world, given.payment_method, "payment_method");
  const intent = makeSetupIntent(world, {
    customer: given.customer ?? null,
    description: given.description ?? null,
    metadata: mergeMetadata({}, given.metadata),
    paymentMethod: method?.id ?? null,
    allowedTypes: allowed,
    usage: given.usage ?? "off_session",
    currency: "usd",
  });
  return given.confirm === true
    ? confirmNow(world, intent, { ...given, payment_method: method?.id })
    : intent;
}

function confirmNow(
  world: World,
  intent: Stripe.SetupIntent,
  given: z.output<typeof confirmParams>,
): Stripe.SetupIntent {
  const id = given.payment_method ?? intent.payment_method;
  if (id === null) throw unexpectedSetupState(intent, "confirm");
  const method = resolveMethod(world, String(id), "payment_method");
  const returnUrl = given.return_url ?? null;
  return confirmSetup(world, intent, { method, isAuthenticated: false, returnUrl });
}
