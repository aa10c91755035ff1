import * as z from "zod";
import { idOf } from "../domain/shared/schema.ts";
import { contract } from "./contract.ts";

export const topUpAsked = contract(
  "top-up.asked",
  "A retainer balance fell to its threshold; the next retainer was asked for or is charged.",
  z.object({
    retainer: idOf("invoice"),
    currency: z.string(),
    left: z.number(),
    leftMinor: z.number().int(),
    action: z.enum(["request", "charge"]),
  }),
);
