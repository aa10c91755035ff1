import * as z from "zod";
import { contract } from "./contract.ts";

export const prepaymentNotCharged = contract(
  "prepayment.not-charged",
  "A cycle of a pre-payment was not even tried; `code` says why.",
  z.object({ code: z.string(), detail: z.string() }),
);
