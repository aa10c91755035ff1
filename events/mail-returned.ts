import * as z from "zod";
import { instantSchema, maybe } from "../domain/shared/schema.ts";
import { contract } from "./contract.ts";

/** `soft`: this one mail did not arrive; `bounce` and `complaint`: no other one should be sent. */
export const returnKinds = ["bounce", "complaint", "soft"] as const;

export const mailReturned = contract(
  "mail.returned",
  "A mail came back, or its reader called it spam; the mail service says so.",
  z.object({
    kind: z.enum(returnKinds),
    sentAt: instantSchema,
    recipients: z.array(z.object({ email: z.string(), detail: maybe(z.string()) })),
  }),
);
