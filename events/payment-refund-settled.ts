import * as z from "zod";
import { contract, journalData } from "./contract.ts";

export const paymentRefundSettled = contract(
  "payment.refund-settled",
  "Stripe confirmed a refund.",
  journalData.extend({ refund: z.string() }),
);
