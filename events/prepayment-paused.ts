import * as z from "zod";
import { contract } from "./contract.ts";

export const prepaymentPaused = contract(
  "prepayment.paused",
  "A pre-payment was paused; `code` says why when it was not staff.",
  z.object({ code: z.string().nullable() }),
);
