import * as z from "zod";
import { contract } from "./contract.ts";

export const customerStripeRemovalAsked = contract(
  "customer.stripe-removal-asked",
  "Nobody is left at a customer: what Stripe keeps of it, saved methods too, is to go.",
  z.object({ account: z.string(), stripeCustomer: z.string() }),
);
