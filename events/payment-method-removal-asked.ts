import * as z from "zod";
import { contract } from "./contract.ts";

export const paymentMethodRemovalAsked = contract(
  "payment-method.removal-asked",
  "A contact asked to forget a saved method; Stripe tells when it is gone.",
  z.object({ method: z.string() }),
);
