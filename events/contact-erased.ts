import * as z from "zod";
import { contract } from "./contract.ts";

export const contactErased = contract(
  "contact.erased",
  "A contact is gone from all records; numbers and amounts stay.",
  z.object({
    /** Whether the customer's address and notes went with it: nobody else was there. */
    whole: z.boolean(),
  }),
);
