import * as z from "zod";
import { contract } from "./contract.ts";

export const prepaymentSkipped = contract(
  "prepayment.skipped",
  "Cycles that were missed were left out; they count as none.",
  z.object({ skipped: z.number().int().positive() }),
);
