import * as z from "zod";
import { contract } from "./contract.ts";

export const paymentMethodData = z.object({
  /** Its id at Stripe. */
  paymentMethod: z.string(),
  type: z.string(),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
  expMonth: z.number().int().nullable(),
  expYear: z.number().int().nullable(),
});

export const paymentMethodSaved = contract(
  "payment-method.saved",
  "A customer's card or bank account was saved at Stripe.",
  paymentMethodData,
);
