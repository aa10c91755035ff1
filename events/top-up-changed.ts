import * as z from "zod";
import { contract } from "./contract.ts";

export const topUpChanged = contract(
  "top-up.changed",
  "The top-up rule of a customer was set.",
  z.object({ currency: z.string() }),
);
