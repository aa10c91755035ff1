import * as z from "zod";
import { addDuration } from "../shared/calendar.ts";
import { actorSchema } from "../shared/journal.ts";
import { idOf, instantSchema, maybe } from "../shared/schema.ts";

const lifetimes = { login: "PT15M", register: "PT15M", document: "P90D" } as const;

const common = { agency: idOf("agency"), createdAt: instantSchema, expiresAt: instantSchema };
const ofContact = { ...common, customer: idOf("customer"), contact: idOf("contact") };

export const portalTokenSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("login"),
    ...ofContact,
    mailbox: z.string(),
    staff: maybe(actorSchema),
  }),
  z.object({ kind: z.literal("document"), ...ofContact, document: z.string() }),
  z.object({
    kind: z.literal("register"),
    ...common,
    email: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    company: maybe(z.string()),
  }),
]);
/** What a mailed token opens. A log-in works once; a document's own link works again and again. */
export type PortalToken = z.infer<typeof portalTokenSchema>;

type Given<T> = T extends PortalToken ? Omit<T, "createdAt" | "expiresAt"> : never;

export function newToken(given: Given<PortalToken>, now: string): PortalToken {
  const expiresAt = addDuration(now, lifetimes[given.kind]);
  return { ...given, createdAt: now, expiresAt } as PortalToken;
}

export const isValid = ({ expiresAt }: PortalToken, now: string): boolean => now < expiresAt;

export const isSingleUse = ({ kind }: PortalToken): boolean => kind !== "document";
