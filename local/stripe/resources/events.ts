import type Stripe from "stripe";
import { type Endpoint, endpoint } from "../kit/endpoint.ts";
import { missing } from "../kit/failure.ts";
import { isCreatedIn, pageOf } from "../kit/list.ts";
import { createdRange, type Known, list, paging, params, text } from "../kit/params.ts";
import type { World } from "../kit/world.ts";

const listParams = params({
  ...paging,
  created: createdRange().optional(),
  type: text().optional(),
  types: list(text()).optional(),
} satisfies Known<Stripe.EventListParams>);

/** Stripe forgets events after 30 days. */
export const eventLifeS = 30 * 24 * 3600;

export const eventEndpoints: Endpoint[] = [
  endpoint({
    method: "get",
    path: "/v1/events",
    params: listParams,
    run(world, { created, type, types, ...page }) {
      const matching = remembered(world)
        .filter((event) => isCreatedIn(created, event.created))
        .filter((event) => type === undefined || isOfType(event, type))
        .filter((event) => types === undefined || types.some((one) => isOfType(event, one)));
      return pageOf(matching, page, "/v1/events");
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/events/:id",
    params: params({}),
    run(world, _params, { id }) {
      const event = remembered(world).find((one) => one.id === id);
      if (event === undefined) throw missing("event", id);
      return event;
    },
  }),
];

function remembered(world: World): Stripe.Event[] {
  return world.list("event").filter((event) => event.created > world.nowS - eventLifeS);
}

/** `charge.*` names a whole group. */
function isOfType(event: Stripe.Event, type: string): boolean {
  return type.endsWith("*") ? event.type.startsWith(type.slice(0, -1)) : event.type === type;
}
