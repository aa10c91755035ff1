import * as z from "zod";
import type { Route } from "../kit/route.ts";

/** Pieces of answers, for the OpenAPI document and for the tests that hold every answer against it. */
export const amount = z.number().meta({ description: "Major units of the object's currency" });
export const instant = z.iso.datetime();
export const nullableText = z.string().nullable();

export const stored = { createdAt: instant, updatedAt: instant, version: z.number().int() };

export const listOf = <T extends z.ZodType>(doc: T) =>
  z.strictObject({
    docs: z.array(doc),
    page: z.number().int(),
    limit: z.number().int(),
    total: z.number().int(),
    pages: z.number().int(),
    next: nullableText,
  });

export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
});

/** Defaults that most routes of the agency API share. */
export const read = {
  method: "GET",
  auth: "key",
  role: "viewer",
} as const satisfies Partial<Route>;
export const change = { auth: "key", role: "member" } as const satisfies Partial<Route>;

export const address = z
  .strictObject({
    firstName: nullableText,
    lastName: nullableText,
    company: nullableText,
    email: nullableText,
    phone: nullableText,
    address: nullableText,
    legal: nullableText,
  })
  .meta({ id: "Address" });
