import type * as z from "zod";
import type { Role } from "../../domain/agencies/agency.ts";

export const areas = [
  "agencies",
  "customers",
  "billing",
  "payments",
  "recurring",
  "reports",
  "documents",
  "pdf",
  "portal",
  "session",
  "stripe-webhook",
] as const;
export type Area = (typeof areas)[number];

/** One line of the one table of routes. Schemas are data: validation, OpenAPI and tests read them. */
export interface Route {
  readonly operation: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly area: Area;
  /** `key`: an agency's API key (or staff session); `contact`: a portal session; `none`: anybody. */
  readonly auth: "key" | "contact" | "none";
  readonly role?: Role;
  readonly summary: string;
  readonly tag: string;
  readonly body?: z.ZodType;
  readonly query?: z.ZodType;
  /** A text names the media types of a file, separated by commas. */
  readonly replies: Readonly<Record<number, z.ZodType | string | null>>;
  /** A file that the answer is instead, if the caller asks for it. */
  readonly file?: string;
  /** Path parameters: the kind of id each must be. */
  readonly params?: Readonly<Record<string, string>>;
}

export const route = <const R extends Route>(definition: R): R => definition;
