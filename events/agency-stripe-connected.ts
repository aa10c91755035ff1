import * as z from "zod";
import { contract } from "./contract.ts";

export const agencyStripeConnected = contract(
  "agency.stripe-connected",
  "A Stripe account was connected. Methods saved on another account don't count on it.",
  z.object({ account: z.string() }),
);
