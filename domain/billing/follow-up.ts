import * as z from "zod";
import type { Settings } from "../agencies/agency.ts";
import { addDays } from "../shared/calendar.ts";
import { daySchema, list } from "../shared/schema.ts";
import { type Invoice, isOpen } from "./invoice.ts";

/** What the clock has done about one invoice, so that planning anew repeats nothing. */
export const followedSchema = z.object({
  /** The due day that it was done for; with another one reminders begin anew. */
  dueDate: daySchema,
  done: list(z.string()),
  version: z.number().int().nonnegative(),
});
export type Followed = z.infer<typeof followedSchema>;

export interface FollowUp {
  /** `overdue`, `late-fee`, or a reminder by its rule: `reminder-after-3`. */
  readonly what: string;
  readonly on: string;
  /** At the start of the day, or at the agency's send hour. */
  readonly at: "start" | "send-hour";
  /** Planned only while it lies ahead: nobody wants a reminder of last week's reminder. */
  readonly aheadOnly: boolean;
}

/** What is due about an invoice as long as it asks for money. */
export function followUpsOf(
  invoice: Invoice,
  settings: Pick<Settings, "reminders" | "lateFee">,
  followed: Followed | undefined,
): FollowUp[] {
  if (!isOpen(invoice)) return [];
  const { dueDate } = invoice;
  const overdue = {
    what: "overdue",
    on: addDays(dueDate, 1),
    at: "start",
    aheadOnly: false,
  } as const;
  const reminders = settings.reminders.map(({ when, days }) => ({
    what: `reminder-${when}-${days}`,
    on: addDays(dueDate, when === "before" ? -days : days),
    at: "send-hour" as const,
    aheadOnly: true,
  }));
  const all = [overdue, ...reminders, ...lateFeeOf(invoice, settings.lateFee)];
  return all.filter(({ what }) => !isDone(followed, invoice, what));
}

/** A retainer is a request: nobody is late with it. */
function lateFeeOf({ isRetainer, dueDate }: Invoice, lateFee: Settings["lateFee"]): FollowUp[] {
  if (!lateFee || isRetainer) return [];
  const on = addDays(dueDate, lateFee.days);
  return [{ what: "late-fee", on, at: "send-hour", aheadOnly: true }];
}

/** A fee is added once, whatever becomes of the due day. */
export function isDone(
  followed: Followed | undefined,
  { dueDate }: Pick<Invoice, "dueDate">,
  what: string,
): boolean {
  if (!followed?.done.includes(what)) return false;
  return what === "late-fee" || followed.dueDate === dueDate;
}

export function markDone(
  followed: Followed | undefined,
  { dueDate }: Pick<Invoice, "dueDate">,
  what: string,
): Followed {
  const before = followed?.done ?? [];
  const kept = followed?.dueDate === dueDate ? before : before.filter((one) => one === "late-fee");
  return { dueDate, done: [...kept, what], version: (followed?.version ?? 0) + 1 };
}
