import * as z from "zod";
import { route } from "../kit/route.ts";

export const stripeWebhookRoutes = {
  receiveStripeEvent: route({
    operation: "receiveStripeEvent",
    method: "POST",
    path: "/webhooks/stripe",
    area: "stripe-webhook",
    auth: "none",
    tag: "Stripe",
    summary: "Stripe's Connect endpoint: verified, stored, answered",
    replies: { 200: z.strictObject({ received: z.literal(true) }) },
  }),
};
