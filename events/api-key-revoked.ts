import * as z from "zod";
import { roles } from "../domain/agencies/agency.ts";
import { contract } from "./contract.ts";

export const apiKeyRevoked = contract(
  "api-key.revoked",
  "An API key was taken back; it stopped working at once.",
  z.object({ name: z.string(), role: z.enum(roles) }),
);
