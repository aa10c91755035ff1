import type Stripe from "stripe";
import { type Endpoint, endpoint } from "../kit/endpoint.ts";
import { isCreatedIn, pageOf } from "../kit/list.ts";
import { createdRange, type Known, paging, params, text } from "../kit/params.ts";

const listParams = params({
  ...paging,
  created: createdRange().optional(),
  customer: text().optional(),
  payment_intent: text().optional(),
} satisfies Known<Stripe.ChargeListParams>);

/** Charges are made by payment intents only. */
export const chargeEndpoints: Endpoint[] = [
  endpoint({
    method: "get",
    path: "/v1/charges",
    params: listParams,
    run(world, { created, customer, payment_intent: intent, ...page }) {
      const matching = world
        .list("charge")
        .filter((charge) => isCreatedIn(created, charge.created))
        .filter((charge) => customer === undefined || charge.customer === customer)
        .filter((charge) => intent === undefined || charge.payment_intent === intent);
      return pageOf(matching, page, "/v1/charges");
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/charges/:id",
    params: params({}),
    run: (world, _params, { id }) => world.need("charge", id),
  }),
  endpoint({
    method: "get",
    path: "/v1/charges/:id/refunds",
    params: params(paging),
    run(world, page, { id }) {
      world.need("charge", id);
      const refunds = world.list("refund").filter((refund) => refund.charge === id);
      return pageOf(refunds, page, `/v1/charges/${id}/refunds`);
    },
  }),
];
