import * as z from "zod";
import { route } from "../../kit/route.ts";
import { nullableText, read } from "../replies.ts";

const base = { area: "agencies", tag: "Stripe" } as const;

export const stripeRoutes = {
  connectStripe: route({
    ...base,
    auth: "key",
    role: "admin",
    operation: "connectStripe",
    method: "POST",
    path: "/v1/stripe/connect",
    summary: "Where to connect a Stripe account, or to go on with it",
    replies: { 200: z.strictObject({ url: z.string() }) },
  }),
  getStripeAccount: route({
    ...base,
    ...read,
    operation: "getStripeAccount",
    path: "/v1/stripe/account",
    summary: "The connected account, and whether it can charge",
    replies: {
      200: z.strictObject({
        connected: z.boolean(),
        account: nullableText,
        chargesEnabled: z.boolean(),
        detailsSubmitted: z.boolean(),
      }),
    },
  }),
};
