import * as z from "zod";
import { contract, journalData } from "./contract.ts";

export const paymentRefundFailed = contract(
  "payment.refund-failed",
  "Stripe could not refund; the money is unapplied again.",
  journalData.extend({ refund: z.string() }),
);
