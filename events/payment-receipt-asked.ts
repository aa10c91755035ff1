import * as z from "zod";
import { contract } from "./contract.ts";

export const paymentReceiptAsked = contract(
  "payment.receipt-asked",
  "Staff asked to mail a receipt.",
  z.object({ email: z.string().nullish() }),
);
