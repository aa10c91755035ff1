import * as z from "zod";
import { contract } from "./contract.ts";

export const customerStripeRemoved = contract(
  "customer.stripe-removed",
  "Somebody deleted the customer at Stripe; its saved methods are gone, and the next payment makes it anew.",
  z.object({ stripeCustomer: z.string() }),
);
