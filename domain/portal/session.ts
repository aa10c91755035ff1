import * as z from "zod";
import { addDuration, epochMsOf } from "../shared/calendar.ts";
import { actorSchema } from "../shared/journal.ts";
import { idOf, instantSchema, maybe } from "../shared/schema.ts";

const idleMax = "P14D";
const rotatedAfterMs = 24 * 3_600_000;
/** So exact is `lastSeenAt`: noting every request would write with every read. */
const notedAfterMs = 3_600_000;
/** Requests that were under way when the token changed may still bring the old one. */
const overlap = "PT1M";

export const sessionSchema = z.object({
  agency: idOf("agency"),
  customer: idOf("customer"),
  contact: idOf("contact"),
  /** Where the log-in was mailed to: whoever reads it there may be every contact that has the address. */
  mailbox: maybe(z.string()),
  /** The one document that a mail's own link opens; null: all of the customer's. */
  document: maybe(z.string()),
  /** Who opened the portal for the contact. */
  staff: maybe(actorSchema),
  createdAt: instantSchema,
  rotatedAt: instantSchema,
  lastSeenAt: instantSchema,
  /** The end, however much it is used: of the link that opened it, or because another took its place. */
  endsAt: maybe(instantSchema),
  replaced: z.boolean().default(false),
});
export type Session = z.infer<typeof sessionSchema>;

export function newSession(
  given: Pick<
    Session,
    "agency" | "customer" | "contact" | "mailbox" | "document" | "staff" | "endsAt"
  >,
  now: string,
): Session {
  return { ...given, createdAt: now, rotatedAt: now, lastSeenAt: now, replaced: false };
}

export const isAlive = (session: Session, now: string): boolean =>
  now < addDuration(session.lastSeenAt, idleMax) &&
  (session.endsAt === null || now < session.endsAt);

const isOlder = (since: string, now: string, ms: number): boolean =>
  epochMsOf(now) - epochMsOf(since) >= ms;

/** What a request does to the session that it came with. */
export function touchSession(
  session: Session,
  now: string,
): { readonly kind: "keep" | "note" | "rotate"; readonly next: Session } {
  if (session.replaced) return { kind: "keep", next: session };
  if (isOlder(session.rotatedAt, now, rotatedAfterMs)) {
    return { kind: "rotate", next: { ...session, rotatedAt: now, lastSeenAt: now } };
  }
  if (isOlder(session.lastSeenAt, now, notedAfterMs)) {
    return { kind: "note", next: { ...session, lastSeenAt: now } };
  }
  return { kind: "keep", next: session };
}

/** The old token after a new one was given. */
export function replacedSession(session: Session, now: string): Session {
  const soon = addDuration(now, overlap);
  const endsAt = session.endsAt !== null && session.endsAt < soon ? session.endsAt : soon;
  return { ...session, endsAt, replaced: true };
}

/** When the table may forget it. Expiry itself is judged by `isAlive`: that clean-up is late. */
export const forgetAt = (session: Session): string =>
  session.replaced && session.endsAt ? session.endsAt : addDuration(session.lastSeenAt, idleMax);

/** Whether the session opens a document: its own, and the invoice that a quote became. */
export function mayOpen(
  { document }: Pick<Session, "document">,
  asked: { readonly id: string; readonly quote?: string | null },
): boolean {
  return document === null || document === asked.id || (asked.quote ?? null) === document;
}
