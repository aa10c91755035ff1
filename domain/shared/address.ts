import * as z from "zod";
import { maybe } from "./schema.ts";

/** A person or firm as it stands on a document. */
export const addressSchema = z.object({
  firstName: maybe(z.string()),
  lastName: maybe(z.string()),
  company: maybe(z.string()),
  email: maybe(z.string()),
  phone: maybe(z.string()),
  address: maybe(z.string()),
  legal: maybe(z.string()),
});
export type Address = z.infer<typeof addressSchema>;
