import * as z from "zod";
import { contract } from "./contract.ts";

export const paymentMethodExpiring = contract(
  "payment-method.expiring",
  "A saved card that is charged by itself is in its last month.",
  z.object({
    paymentMethod: z.string(),
    brand: z.string().nullable(),
    last4: z.string().nullable(),
    expMonth: z.number().int(),
    expYear: z.number().int(),
    /** The charge that it would miss. */
    next: z.object({
      amount: z.number(),
      minor: z.number().int(),
      currency: z.string(),
      on: z.string(),
    }),
  }),
);
