import * as z from "zod";
import type { balanceSchema } from "../domain/shared/journal.ts";
import { idOf } from "../domain/shared/schema.ts";

/** What one event promises to whoever listens. Fields may be added, never renamed or removed. */
export interface Contract<D extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** When it happens, for people. */
  readonly when: string;
  readonly data: D;
}

export const contract = <D extends z.ZodType>(
  name: string,
  when: string,
  data: D,
): Contract<D> => ({ name, when, data });

const inner = ["stripe.", "session.", "storage.", "zip.", "mail.returned"];

/** Events of Stripe, the storage and the mail service, and log-ins, stay inside; agencies see what they lead to. */
export const isInner = (name: string): boolean => inner.some((prefix) => name.startsWith(prefix));

/** Nothing but the envelope's own fields. */
export const plain = z.object({});

/** Money moved, or a document changed its place in the books: which journal record says so. */
export const journalData = z.object({
  journal: idOf("journal"),
  seq: z.number().int().positive(),
  memo: z.string(),
  /** The customer's balances after it, in major units. */
  balances: z.record(
    z.string(),
    z.object({
      outstanding: z.number().nonnegative(),
      unapplied: z.number().nonnegative(),
      credit: z.number().nonnegative(),
    } satisfies Record<keyof z.infer<typeof balanceSchema>, z.ZodType>),
  ),
  /** Every record whose figures or status it moved. */
  subjects: z.array(z.string()),
});

/** Reported with a journal record when the document is issued, without one before. */
export const maybeJournalData = journalData.partial();
