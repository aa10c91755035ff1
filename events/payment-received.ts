import * as z from "zod";
import { contract, journalData } from "./contract.ts";

export const paymentReceived = contract(
  "payment.received",
  "Money arrived or was recorded by hand.",
  journalData.extend({ notify: z.boolean() }),
);
