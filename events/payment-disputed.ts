import * as z from "zod";
import { contract, journalData } from "./contract.ts";

export const paymentDisputed = contract(
  "payment.disputed",
  "A dispute of a payment was opened, moved money, or was closed.",
  journalData.extend({
    dispute: z.string(),
    step: z.string(),
    open: z.boolean(),
  }),
);
