import * as z from "zod";
import { failureReasons } from "../domain/customers/mail-address.ts";
import { contract } from "./contract.ts";

export const mailFailed = contract(
  "mail.failed",
  "An address gets no more mail: it does not exist, or its reader called a mail spam.",
  z.object({
    email: z.string(),
    reason: z.enum(failureReasons),
    detail: z.string().nullable(),
  }),
);
