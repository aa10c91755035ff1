import { buildArea } from "../kit/area.ts";
import { receiveStripeEvent } from "../webhooks/stripe.ts";

export const build = buildArea({ area: "stripe-webhook", operations: [receiveStripeEvent] });
