import * as z from "zod";
import { contract } from "./contract.ts";

export const agencyStripeDisconnected = contract(
  "agency.stripe-disconnected",
  "The owner of the Stripe account took our access away: nobody can pay online any more.",
  z.object({ account: z.string() }),
);
