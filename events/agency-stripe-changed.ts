import * as z from "zod";
import { contract } from "./contract.ts";

export const agencyStripeChanged = contract(
  "agency.stripe-changed",
  "What the connected Stripe account may do changed.",
  z.object({
    account: z.string(),
    chargesEnabled: z.boolean(),
    detailsSubmitted: z.boolean(),
  }),
);
