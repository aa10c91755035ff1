import * as z from "zod";
import { contract } from "./contract.ts";

export const mailDelayed = contract(
  "mail.delayed",
  "A mail did not arrive, for a reason that may pass: a full mailbox, say. The next one is sent.",
  z.object({ email: z.string(), detail: z.string().nullable() }),
);
