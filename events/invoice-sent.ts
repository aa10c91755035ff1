import * as z from "zod";
import { contract } from "./contract.ts";

export const invoiceSent = contract(
  "invoice.sent",
  "An invoice or retainer is mailed to its contacts.",
  z.object({
    email: z.string().nullish(),
    subject: z.string().nullish(),
    body: z.string().nullish(),
  }),
);
