import * as z from "zod";
import { contract } from "./contract.ts";

export const statementSent = contract(
  "statement.sent",
  "A customer's statement is mailed.",
  z.object({
    from: z.string(),
    to: z.string(),
    currency: z.string(),
    email: z.string().nullable(),
  }),
);
