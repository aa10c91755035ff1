import * as z from "zod";
import { contract } from "./contract.ts";

export const retainerLow = contract(
  "retainer.low",
  "A customer's retainer balance fell to its threshold; once per dip.",
  z.object({
    currency: z.string(),
    left: z.number().nonnegative(),
    leftMinor: z.number().int().nonnegative(),
    /** The next retainer is asked for or charged at the same time. */
    isToppedUp: z.boolean(),
  }),
);
