import * as z from "zod";
import { contract } from "./contract.ts";

export const topUpRemoved = contract(
  "top-up.removed",
  "The top-up rule of a customer was removed.",
  z.object({ currency: z.string() }),
);
