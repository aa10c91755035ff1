import * as z from "zod";
import { contract } from "./contract.ts";

export const sessionRegistrationAsked = contract(
  "session.registration-asked",
  "Somebody asked to become a customer over the portal.",
  z.object({
    email: z.email(),
    firstName: z.string(),
    lastName: z.string(),
    company: z.string().nullable(),
  }),
);
