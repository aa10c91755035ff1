import * as z from "zod";
import { contract, journalData } from "./contract.ts";

export const paymentFailed = contract(
  "payment.failed",
  "A payment did not come through.",
  journalData.extend({ failure: z.string() }),
);
