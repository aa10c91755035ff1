import * as z from "zod";
import { contract } from "./contract.ts";

export const notSentReasons = ["nobody-to-mail", "address-failed"] as const;

export const mailNotSent = contract(
  "mail.not-sent",
  "A mail was due and did not go, or not to all: nobody wants it, or an address gets no more mail.",
  z.object({
    reason: z.enum(notSentReasons),
    cause: z.string(),
    /** The addresses that were left out. */
    emails: z.array(z.string()),
  }),
);
