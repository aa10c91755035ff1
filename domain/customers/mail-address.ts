import * as z from "zod";
import { instantSchema, maybe } from "../shared/schema.ts";

export const failureReasons = ["bounce", "complaint"] as const;

/** Why an address gets no more mail: it does not exist, or its reader called a mail spam. */
export const mailFailureSchema = z.object({
  reason: z.enum(failureReasons),
  at: instantSchema,
  /** What the other mail server said. */
  detail: maybe(z.string()),
});
export type MailFailure = z.infer<typeof mailFailureSchema>;

/** What an agency knows of an address that it has mailed in vain. Other agencies learn nothing of it. */
export const mailAddressSchema = z.object({
  email: z.string(),
  failure: maybe(mailFailureSchema),
  /** When staff last vouched for the address: mails sent before it say nothing about it any more. */
  confirmedAt: maybe(instantSchema),
  version: z.number().int().positive(),
});
export type MailAddress = z.infer<typeof mailAddressSchema>;

export interface ReturnedMail {
  readonly email: string;
  readonly failure: MailFailure;
  readonly sentAt: string;
}

/** The earliest failure stands, so that it does not matter in which order they are told. */
export function noteFailure(
  before: MailAddress | undefined,
  { email, failure, sentAt }: ReturnedMail,
): MailAddress | undefined {
  if (before?.confirmedAt && sentAt <= before.confirmedAt) return undefined;
  if (before?.failure && !isEarlier(failure, before.failure)) return undefined;
  const { confirmedAt = null, version = 0 } = before ?? {};
  return { email, failure, confirmedAt, version: version + 1 };
}

const isEarlier = (one: MailFailure, other: MailFailure): boolean =>
  one.at === other.at ? one.reason < other.reason : one.at < other.at;

/** Undefined: nothing stands against the address. */
export function confirmAddress(
  before: MailAddress | undefined,
  now: string,
): MailAddress | undefined {
  if (!before?.failure) return undefined;
  return { ...before, failure: null, confirmedAt: now, version: before.version + 1 };
}
