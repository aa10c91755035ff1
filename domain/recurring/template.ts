import type { DocumentTerms } from "../billing/draft.ts";
import { addDays } from "../shared/calendar.ts";
import type { Rhythm } from "./cycles.ts";
import { occurrence } from "./frequency.ts";

export interface Span {
  readonly from: string;
  readonly to: string;
}

/**
 * The days that occurrence n stands for: the template's own period moved along with it, else from its
 * day to the day before the next.
 */
export function spanOf(rhythm: Rhythm, position: number, period: Span | null): Span {
  const { startOn, frequency } = rhythm;
  const from = occurrence(period?.from ?? startOn, frequency, position);
  // A period's end moves as the first day after it does: January's is followed by February's end.
  const after = period
    ? occurrence(addDays(period.to, 1), frequency, position)
    : occurrence(startOn, frequency, position + 1);
  return { from, to: addDays(after, -1) };
}

export interface OccurrenceDays {
  readonly date: string;
  readonly dueDate: string;
  readonly span: Span;
}

/** The terms of one occurrence: `fill` puts its month, quarter or period where the text asks for it. */
export function termsOfOccurrence(
  template: DocumentTerms,
  { date, dueDate, span }: OccurrenceDays,
  fill: (text: string) => string,
): DocumentTerms {
  const orNull = (text: string | null): string | null => (text === null ? null : fill(text));
  return {
    ...template,
    number: null,
    slug: null,
    ...{ date, dueDate },
    period: template.period ? { ...span } : null,
    items: template.items.map((item) => ({
      ...item,
      name: fill(item.name),
      description: orNull(item.description),
    })),
    extraFields: template.extraFields.map(({ name, value }) => ({ name, value: fill(value) })),
    header: orNull(template.header),
    terms: orNull(template.terms),
    notes: orNull(template.notes),
    poNumber: orNull(template.poNumber),
  };
}
