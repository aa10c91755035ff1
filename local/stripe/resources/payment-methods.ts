import type Stripe from "stripe";
import type * as z from "zod";
import { type Endpoint, endpoint } from "../kit/endpoint.ts";
import { badParameter, invalid } from "../kit/failure.ts";
import { pageOf } from "../kit/list.ts";
import {
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
} from "../kit/params.ts";
import type { World } from "../kit/world.ts";
import { freshDetails, makePaymentMethod } from "../objects/payment-method.ts";
import { attachMethod, detachMethod, resolveMethod } from "../payments/methods.ts";
import { type TestMethod, testMethodByNumber } from "../payments/test-methods.ts";

const billingDetails = object({
  name: emptyable(text()).optional(),
  email: emptyable(text()).optional(),
  phone: emptyable(text()).optional(),
});
const allowRedisplay = oneOf(["always", "limited", "unspecified"]);

const createParams = params({
  type: oneOf(["card", "us_bank_account"]),
  card: object({
    number: text(),
    exp_month: integer().optional(),
    exp_year: integer().optional(),
    cvc: text().optional(),
  }).optional(),
  us_bank_account: object({
    account_number: text(),
    routing_number: text().optional(),
    account_holder_type: text().optional(),
    account_type: text().optional(),
  }).optional(),
  billing_details: billingDetails.optional(),
  allow_redisplay: allowRedisplay.optional(),
  metadata: metadata().optional(),
} satisfies Known<Stripe.PaymentMethodCreateParams>);

const updateParams = params({
  billing_details: billingDetails.optional(),
  allow_redisplay: allowRedisplay.optional(),
  card: object({ exp_month: integer().optional(), exp_year: integer().optional() }).optional(),
  metadata: metadata().optional(),
} satisfies Known<Stripe.PaymentMethodUpdateParams>);

const listParams = params({
  ...paging,
  customer: text().optional(),
  type: text().optional(),
  allow_redisplay: allowRedisplay.optional(),
} satisfies Known<Stripe.PaymentMethodListParams>);

export const paymentMethodEndpoints: Endpoint[] = [
  endpoint({ method: "post", path: "/v1/payment_methods", params: createParams, run: create }),
  endpoint({ method: "get", path: "/v1/payment_methods", params: listParams, run: listMethods }),
  endpoint({
    method: "get",
    path: "/v1/payment_methods/:id",
    params: params({}),
    run: (world, _params, { id }) => resolveMethod(world, id),
  }),
  endpoint({
    method: "post",
    path: "/v1/payment_methods/:id",
    params: updateParams,
    run: (world, change, { id }) => updateMethod(world, world.need("payment_method", id), change),
  }),
  endpoint({
    method: "post",
    path: "/v1/payment_methods/:id/attach",
    params: params({ customer: text() } satisfies Known<Stripe.PaymentMethodAttachParams>),
    run(world, { customer }, { id }) {
      world.need("customer", customer, "customer");
      return attachMethod(world, resolveMethod(world, id), customer);
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/payment_methods/:id/detach",
    params: params({}),
    run: (world, _params, { id }) => detachMethod(world, world.need("payment_method", id)),
  }),
];

function create(world: World, given: z.output<typeof createParams>): Stripe.PaymentMethod {
  const number = given.card?.number ?? given.us_bank_account?.account_number;
  if (number === undefined) {
    throw badParameter("parameter_missing", given.type, `Missing required param: ${given.type}.`);
  }
  const test = needTestMethod(number, given.type);
  const fresh = freshDetails(world.now);
  const method = makePaymentMethod(world, test, {
    expMonth: given.card?.exp_month ?? fresh.expMonth,
    expYear: given.card?.exp_year ?? fresh.expYear,
    name: given.billing_details?.name ?? null,
    email: given.billing_details?.email ?? null,
  });
  return world.put("payment_method", method.id, {
    ...method,
    allow_redisplay: given.allow_redisplay ?? "unspecified",
    metadata: mergeMetadata({}, given.metadata),
  });
}

function needTestMethod(number: string, type: string): TestMethod {
  const test = testMethodByNumber(number.replaceAll(" ", ""));
  if (test?.type === type) return test;
  throw invalid("Your card number is incorrect.", {
    code: "incorrect_number",
    param: type === "card" ? "card[number]" : "us_bank_account[account_number]",
  });
}

function listMethods(world: World, given: z.output<typeof listParams>) {
  const { customer, type, allow_redisplay: redisplay, ...page } = given;
  if (customer !== undefined) world.need("customer", customer, "customer");
  const matching = world
    .list("payment_method")
    .filter((method) => customer !== undefined && method.customer === customer)
    .filter((method) => type === undefined || method.type === type)
    .filter((method) => redisplay === undefined || method.allow_redisplay === redisplay);
  return pageOf(matching, page, "/v1/payment_methods");
}

function updateMethod(
  world: World,
  method: Stripe.PaymentMethod,
  change: z.output<typeof updateParams>,
): Stripe.PaymentMethod {
  if (method.customer === null) {
    throw invalid("You must save this PaymentMethod to a customer before you can update it.");
  }
  const { exp_month: month, exp_year: year } = change.card ?? {};
  const { card } = method;
  const billing = Object.entries(change.billing_details ?? {});
  const given = Object.fromEntries(billing.filter(([, value]) => value !== undefined));
  const next: Stripe.PaymentMethod = {
    ...method,
    billing_details: { ...method.billing_details, ...given },
    allow_redisplay: change.allow_redisplay ?? method.allow_redisplay ?? "unspecified",
    metadata: mergeMetadata(method.metadata ?? {}, change.metadata),
    ...(card === undefined
      ? {}
      : { card: { ...card, exp_month: month ?? card.exp_month, exp_year: year ?? card.exp_year } }),
  };
  world.put("payment_method", method.id, next);
  world.emit("payment_method.updated", next);
  return next;
}
