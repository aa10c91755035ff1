import type Stripe from "stripe";
import type * as z from "zod";
import { type Endpoint, endpoint } from "../kit/endpoint.ts";
import { invalid } from "../kit/failure.ts";
import { isCreatedIn, pageOf } from "../kit/list.ts";
import {
  createdRange,
  integer,
  type Known,
  mergeMetadata,
  metadata,
  oneOf,
  paging,
  params,
  text,
} from "../kit/params.ts";
import type { World } from "../kit/world.ts";
import { makeRefund, update } from "../payments/refunds.ts";

const createParams = params({
  amount: integer().optional(),
  charge: text().optional(),
  payment_intent: text().optional(),
  metadata: metadata().optional(),
  reason: oneOf(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
} satisfies Known<Stripe.RefundCreateParams>);
const updateParams = params({
  metadata: metadata().optional(),
} satisfies Known<Stripe.RefundUpdateParams>);
const listParams = params({
  ...paging,
  charge: text().optional(),
  created: createdRange().optional(),
  payment_intent: text().optional(),
} satisfies Known<Stripe.RefundListParams>);

export const refundEndpoints: Endpoint[] = [
  endpoint({
    method: "post",
    path: "/v1/refunds",
    params: createParams,
    run: (world, given) =>
      makeRefund(world, chargeOf(world, given), {
        amount: given.amount,
        reason: given.reason ?? null,
        metadata: mergeMetadata({}, given.metadata),
      }),
  }),
  endpoint({
    method: "get",
    path: "/v1/refunds",
    params: listParams,
    run(world, { charge, created, payment_intent: intent, ...page }) {
      const matching = world
        .list("refund")
        .filter((refund) => isCreatedIn(created, refund.created))
        .filter((refund) => charge === undefined || refund.charge === charge)
        .filter((refund) => intent === undefined || refund.payment_intent === intent);
      return pageOf(matching, page, "/v1/refunds");
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/refunds/:id",
    params: params({}),
    run: (world, _params, { id }) => world.need("refund", id),
  }),
  endpoint({
    method: "post",
    path: "/v1/refunds/:id",
    params: updateParams,
    run(world, change, { id }) {
      const refund = world.need("refund", id);
      return update(world, refund, {
        metadata: mergeMetadata(refund.metadata ?? {}, change.metadata),
      });
    },
  }),
];

function chargeOf(world: World, given: z.output<typeof createParams>): Stripe.Charge {
  const { charge, payment_intent: intent } = given;
  if (charge !== undefined) return world.need("charge", charge, "charge");
  if (intent === undefined) {
    throw invalid("One of the following params should be provided: payment_intent or charge.", {
      code: "parameter_missing",
    });
  }
  return chargeOfIntent(world, intent);
}

export function chargeOfIntent(world: World, id: string): Stripe.Charge {
  const intent = world.need("payment_intent", id, "payment_intent");
  if (intent.latest_charge !== null) return world.need("charge", String(intent.latest_charge));
  throw invalid(`This PaymentIntent (${id}) does not have a successful charge to refund.`, {
    code: "charge_not_refundable",
    param: "payment_intent",
  });
}
