import * as z from "zod";
import { roles } from "../domain/agencies/agency.ts";
import { contract } from "./contract.ts";

export const apiKeyCreated = contract(
  "api-key.created",
  "An API key was made.",
  z.object({ name: z.string(), role: z.enum(roles) }),
);
