import * as z from "zod";
import { maybe } from "./schema.ts";

/** From where a change was asked for. It lies beside its record, outside the hash, so that it can be erased. */
export const originSchema = z.object({ ip: z.string(), userAgent: maybe(z.string()) });
export type Origin = z.infer<typeof originSchema>;
