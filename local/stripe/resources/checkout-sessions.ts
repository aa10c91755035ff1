import type Stripe from "stripe";
import type * as z from "zod";
import { checkChargeable, checkCurrency } from "../kit/amounts.ts";
import { type Endpoint, endpoint, type PathParams } from "../kit/endpoint.ts";
import { badParameter, invalid } from "../kit/failure.ts";
import { isCreatedIn, pageOf } from "../kit/list.ts";
import { allowedTypes } from "../kit/method-types.ts";
import { mergeMetadata } from "../kit/params.ts";
import type { World } from "../kit/world.ts";
import { newSession } from "../objects/checkout-session.ts";
import { makeSetupIntent, typesFor } from "../objects/intents.ts";
import { newLineItem } from "../objects/line-item.ts";
import { expireSession } from "../payments/expire-session.ts";
import { checkReady } from "../payments/ready.ts";
import {
  createParams,
  lineItemParams,
  listParams,
  updateParams,
} from "./checkout-session-params.ts";

const path = "/v1/checkout/sessions";

type Given = z.output<typeof createParams>;

export const checkoutSessionEndpoints: Endpoint[] = [
  endpoint({ method: "post", path, params: createParams, run: createSession }),
  endpoint({
    method: "get",
    path,
    params: listParams,
    run(world, { created, customer, payment_intent: intent, status, ...page }) {
      const matching = world
        .list("checkout_session")
        .filter((session) => isCreatedIn(created, session.created))
        .filter((session) => customer === undefined || session.customer === customer)
        .filter((session) => intent === undefined || session.payment_intent === intent)
        .filter((session) => status === undefined || session.status === status);
      return pageOf(matching, page, path);
    },
  }),
  endpoint({
    method: "get",
    path: `${path}/:id`,
    params: lineItemParams,
    run: (world, { expand }, { id }) => withLineItems(world, id, expand),
  }),
  endpoint({
    method: "post",
    path: `${path}/:id`,
    params: updateParams,
    run(world, change, { id }) {
      const session = world.need("checkout_session", id);
      const merged = mergeMetadata(session.metadata ?? {}, change.metadata);
      return world.put("checkout_session", id, { ...session, metadata: merged });
    },
  }),
  endpoint({
    method: "post",
    path: `${path}/:id/expire`,
    params: updateParams,
    run(world, _params, { id }) {
      const session = world.need("checkout_session", id);
      if (session.status === "open") return expireSession(world, session);
      throw invalid(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session ` +
          `has a status of ${session.status}.`,
      );
    },
  }),
  endpoint({
    method: "get",
    path: `${path}/:id/line_items`,
    params: lineItemParams,
    run(world, { expand: _, ...page }, { id }) {
      const { lineItems } = world.need("session_secret", id);
      return pageOf(lineItems.toReversed(), page, `${path}/${id}/line_items`);
    },
  }),
];

/** Line items are shown only when they are asked for. */
function withLineItems(world: World, id: string, expand: string[] = []): Stripe.Checkout.Session {
  const session = world.need("checkout_session", id);
  if (!expand.some((one) => one.startsWith("line_items"))) return session;
  const { lineItems } = world.need("session_secret", id);
  const items = pageOf(lineItems.toReversed(), { limit: 100 }, `${path}/${id}/line_items`);
  return { ...session, line_items: items as Stripe.ApiList<Stripe.LineItem> };
}

function createSession(
  world: World,
  given: Given,
  { apiVersion }: PathParams,
): Stripe.Checkout.Session {
  const allowed = allowedTypes(given, apiVersion);
  checkFitting(given, allowed);
  checkReady(world);
  if (given.customer !== undefined) world.need("customer", given.customer, "customer");
  const lineItems = lineItemsOf(world, given);
  const amount = lineItems.reduce((sum, item) => sum + item.amount_total, 0);
  const isPayment = given.mode === "payment";
  const currency = (isPayment ? lineItems[0]?.currency : given.currency?.toLowerCase()) ?? null;
  if (currency !== null) checkCurrency(currency, "currency");
  if (isPayment) checkChargeable(amount, currency ?? "", "line_items");
  const session = newSession(world, {
    mode: given.mode,
    amount: isPayment ? amount : null,
    currency,
    customer: given.customer ?? null,
    customerCreation: isPayment ? (given.customer_creation ?? "if_required") : null,
    customerEmail: given.customer_email ?? null,
    clientReferenceId: given.client_reference_id ?? null,
    cancelUrl: given.cancel_url ?? null,
    successUrl: given.success_url,
    expiresAtS: expiryOf(world, given),
    locale: given.locale ?? null,
    metadata: mergeMetadata({}, given.metadata),
    methodTypes: typesFor(currency ?? "usd", allowed),
    allowedTypes: allowed,
    savesMethod: given.saved_payment_method_options?.payment_method_save === "enabled",
    setupIntent: isPayment ? null : setupIntentOf(world, given, allowed),
    submitType: given.submit_type ?? null,
  });
  return store(world, session, { given, lineItems });
}

function store(
  world: World,
  session: Stripe.Checkout.Session,
  more: { given: Given; lineItems: Stripe.LineItem[] },
): Stripe.Checkout.Session {
  const data = more.given.payment_intent_data;
  world.put("session_secret", session.id, {
    lineItems: more.lineItems,
    intentData: {
      description: data?.description ?? null,
      metadata: mergeMetadata({}, data?.metadata),
      receiptEmail: data?.receipt_email ?? null,
      setupFutureUsage: data?.setup_future_usage ?? null,
      statementDescriptor: data?.statement_descriptor ?? null,
      statementDescriptorSuffix: data?.statement_descriptor_suffix ?? null,
    },
    baseUrl: world.baseUrl,
  });
  const at = new Date(session.expires_at * 1000).toISOString();
  world.schedule({ kind: "expire-session", at, session: session.id });
  return world.put("checkout_session", session.id, session);
}

/** Parameters that Stripe knows, but not in this mode or not together. */
function checkFitting(given: Given, allowed: string[] | null): void {
  const isPayment = given.mode === "payment";
  const foreign = isPayment
    ? (["setup_intent_data"] as const)
    : (["payment_intent_data", "line_items", "customer_creation", "submit_type"] as const);
  for (const name of foreign) {
    if (given[name] === undefined) continue;
    const message = `You can not pass \`${name}\` in \`${given.mode}\` mode.`;
    throw badParameter("parameter_invalid", name, message);
  }
  if (isPayment && (given.line_items ?? []).length === 0) {
    throw badParameter("parameter_missing", "line_items", "Missing required param: line_items.");
  }
  if (!isPayment && allowed === null && given.currency === undefined) {
    throw badParameter("parameter_missing", "currency", "Missing required param: currency.");
  }
  if (given.customer !== undefined && given.customer_email !== undefined) {
    const message = "You may only specify one of these parameters: customer, customer_email.";
    throw badParameter("parameters_exclusive", "customer_email", message);
  }
}

function lineItemsOf(world: World, given: Given): Stripe.LineItem[] {
  const items = given.line_items ?? [];
  const currencies = new Set(items.map((item) => item.price_data.currency.toLowerCase()));
  if (currencies.size > 1) {
    throw invalid("All line items must have the same currency.", { param: "line_items" });
  }
  return items.map((item) =>
    newLineItem(world, {
      name: item.price_data.product_data.name,
      currency: item.price_data.currency.toLowerCase(),
      unitAmount: item.price_data.unit_amount,
      quantity: item.quantity ?? 1,
      metadata: mergeMetadata({}, item.metadata),
    }),
  );
}

const shortestLifeS = 30 * 60;
const longestLifeS = 24 * 3600;

function expiryOf(world: World, given: Given): number {
  const wanted = given.expires_at;
  if (wanted === undefined) return world.nowS + longestLifeS;
  // A request takes a moment: a minute's grace, so that exactly 30 minutes are enough.
  const lifeS = wanted - world.nowS;
  if (lifeS >= shortestLifeS - 60 && lifeS <= longestLifeS + 60) return wanted;
  const bound = lifeS < shortestLifeS ? "at least 30 minutes" : "less than 24 hours";
  throw invalid(`The \`expires_at\` timestamp must be ${bound} from Checkout Session creation.`, {
    param: "expires_at",
  });
}

function setupIntentOf(world: World, given: Given, allowed: string[] | null): string {
  const data = given.setup_intent_data;
  return makeSetupIntent(world, {
    customer: given.customer ?? null,
    description: data?.description ?? null,
    metadata: mergeMetadata({}, data?.metadata),
    paymentMethod: null,
    allowedTypes: allowed,
    usage: "off_session",
    currency: given.currency?.toLowerCase() ?? "usd",
  }).id;
}
