import * as z from "zod";
import type { Id } from "../shared/ids.ts";
import { idOf, maybe, recordFields } from "../shared/schema.ts";
import { type MailFailure, mailFailureSchema } from "./mail-address.ts";

export const contactSchema = z.object({
  id: idOf("contact"),
  customer: idOf("customer"),
  firstName: maybe(z.string()),
  lastName: maybe(z.string()),
  email: z.string(),
  lang: maybe(z.string()),
  primary: z.boolean(),
  receivesMail: z.boolean(),
  portal: z.boolean(),
  /** A mail to the address came back, or was called spam: it gets no more until staff name it anew. */
  mailFailure: maybe(mailFailureSchema),
  /** Names and addresses that it had before: records still say them when the person is erased. */
  formerly: z.array(z.string()).default([]),
  ...recordFields,
});
export type Contact = z.infer<typeof contactSchema>;

export const contactName = ({ firstName, lastName }: Pick<Contact, "firstName" | "lastName">) =>
  [firstName, lastName].filter(Boolean).join(" ");

/** A customer's contacts leave with it in one transaction; hence the bound. */
export const contactsMax = 40;

/** What decisions about a customer's contacts are made from, and what keeps two of them apart. */
export const rosterSchema = z.object({
  count: z.number().int().nonnegative(),
  primary: maybe(idOf("contact")),
  version: z.number().int().nonnegative(),
});
export type Roster = z.infer<typeof rosterSchema>;
export const emptyRoster: Roster = { count: 0, primary: null, version: 0 };

export interface ContactTerms {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string;
  readonly lang: string | null;
  readonly primary: boolean;
  readonly receivesMail: boolean;
  readonly portal: boolean;
}

/** Contacts as they are after a decision; the former primary one is among them when it is none now. */
export interface ContactChanges {
  readonly contact: Contact;
  readonly demoted: Contact | undefined;
  readonly roster: Roster;
}

/** The first contact of a customer is its primary one, whatever was asked. */
export function addContact(
  { roster, former }: { readonly roster: Roster; readonly former: Contact | undefined },
  terms: ContactTerms,
  made: { readonly id: Id<"contact">; readonly customer: Id<"customer">; readonly now: string },
): ContactChanges {
  const { id, customer, now } = made;
  const primary = terms.primary || roster.primary === null;
  const contact: Contact = {
    id,
    customer,
    ...terms,
    primary,
    mailFailure: null,
    formerly: [],
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  return {
    contact,
    demoted: primary && former ? demote(former, now) : undefined,
    roster: {
      count: roster.count + 1,
      primary: primary ? id : roster.primary,
      version: roster.version + 1,
    },
  };
}

/** Nothing came back from a new address yet. */
export function changeContact(
  {
    roster,
    former,
    before,
  }: {
    readonly roster: Roster;
    readonly former: Contact | undefined;
    readonly before: Contact;
  },
  terms: ContactTerms,
  now: string,
): ContactChanges {
  const mailFailure = terms.email === before.email ? before.mailFailure : null;
  const contact = {
    ...{ ...before, ...terms, mailFailure, formerly: formerlyOf(before, terms) },
    ...{ updatedAt: now, version: before.version + 1 },
  };
  const promoted = terms.primary && !before.primary;
  return {
    contact,
    demoted: promoted && former ? demote(former, now) : undefined,
    roster: promoted ? { ...roster, primary: before.id, version: roster.version + 1 } : roster,
  };
}

const formerlyMax = 24;

function formerlyOf(before: Contact, terms: ContactTerms): string[] {
  const names = ["firstName", "lastName", "email"] as const;
  const left = names.flatMap((name) => (before[name] === terms[name] ? [] : (before[name] ?? [])));
  return [...new Set([...left, ...before.formerly])].slice(0, formerlyMax);
}

/** What is known of its address now; null: staff vouch for it. */
export const withMailFailure = (
  contact: Contact,
  mailFailure: MailFailure | null,
  now: string,
): Contact => ({ ...contact, mailFailure, updatedAt: now, version: contact.version + 1 });

const demote = (contact: Contact, now: string): Contact => ({
  ...contact,
  primary: false,
  updatedAt: now,
  version: contact.version + 1,
});

/** When the primary contact goes, the oldest of the others takes its place. */
export function removeContact(
  {
    roster,
    heir,
    contact,
  }: {
    readonly roster: Roster;
    readonly heir: Contact | undefined;
    readonly contact: Contact;
  },
  now: string,
): { readonly roster: Roster; readonly promoted: Contact | undefined } {
  const promoted =
    contact.primary && heir
      ? { ...heir, primary: true, updatedAt: now, version: heir.version + 1 }
      : undefined;
  const primary = contact.primary ? (promoted?.id ?? null) : roster.primary;
  return {
    promoted,
    roster: { count: roster.count - 1, primary, version: roster.version + 1 },
  };
}
