import * as z from "zod";
import { contract, journalData } from "./contract.ts";

export const paymentRefunded = contract(
  "payment.refunded",
  "Unapplied money is given back, or reserved for it until Stripe confirms.",
  journalData.extend({ refund: z.string() }),
);
