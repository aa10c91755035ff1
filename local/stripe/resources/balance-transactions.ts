import type Stripe from "stripe";
import { type Endpoint, endpoint } from "../kit/endpoint.ts";
import { isCreatedIn, pageOf } from "../kit/list.ts";
import { createdRange, type Known, paging, params, text } from "../kit/params.ts";
import type { World } from "../kit/world.ts";

const listParams = params({
  ...paging,
  created: createdRange().optional(),
  currency: text(3).optional(),
  source: text().optional(),
  type: text().optional(),
} satisfies Known<Stripe.BalanceTransactionListParams>);

export const balanceTransactionEndpoints: Endpoint[] = [
  endpoint({
    method: "get",
    path: "/v1/balance_transactions",
    params: listParams,
    run(world, { created, currency, source, type, ...page }) {
      const matching = world
        .list("balance_transaction")
        .filter((one) => isCreatedIn(created, one.created))
        .filter((one) => currency === undefined || one.currency === currency)
        .filter((one) => source === undefined || one.source === source)
        .filter((one) => type === undefined || one.type === type)
        .map((one) => asOf(world, one));
      return pageOf(matching, page, "/v1/balance_transactions");
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/balance_transactions/:id",
    params: params({}),
    run: (world, _params, { id }) => asOf(world, world.need("balance_transaction", id)),
  }),
];

/** Pending money becomes available by itself. */
function asOf(world: World, one: Stripe.BalanceTransaction): Stripe.BalanceTransaction {
  return { ...one, status: one.available_on <= world.nowS ? "available" : "pending" };
}
