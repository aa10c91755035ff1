import * as z from "zod";
import { idOf, instantSchema, maybe, recordFields } from "../shared/schema.ts";
import { roles } from "./agency.ts";

/** The key's text is shown once; only its SHA-256 is kept. */
export const apiKeySchema = z.object({
  id: idOf("key"),
  agency: idOf("agency"),
  name: z.string(),
  role: z.enum(roles),
  hash: z.string(),
  revokedAt: maybe(instantSchema),
  ...recordFields,
});
export type ApiKey = z.infer<typeof apiKeySchema>;
