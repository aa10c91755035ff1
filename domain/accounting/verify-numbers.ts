import { type Given, givenSchema } from "../agencies/numbering.ts";
import { type Difference, differenceAt, firstDifference, readAs } from "./difference.ts";

/** Of an invoice, retainer, quote or credit: what numbering is about. */
export interface Numbered {
  readonly id: string;
  readonly customer: string;
  readonly number: string | null;
  /** Whether it must have one by now. */
  readonly isIssued: boolean;
}

/** Every value that the counters gave, by counter. */
export type GivenValues = Map<string, { readonly given: Given; readonly document: Numbered }[]>;

/** A number belongs to the one document that its guard names. Keeps what a series gave. */
export function numberDifference(
  document: Numbered,
  guard: Readonly<Record<string, unknown>> | undefined,
  values: GivenValues,
): Difference | undefined {
  const { id, customer, number, isIssued } = document;
  const place = { customer, record: id };
  if (number === null) {
    return isIssued ? differenceAt(place, ["number", "a number", null]) : undefined;
  }
  const difference = firstDifference(place, [[`owner of ${number}`, id, guard?.owner ?? null]]);
  if (difference || guard?.given === undefined) return difference;
  const read = readAs(givenSchema, guard.given, place);
  if ("difference" in read) return read.difference;
  const { counter } = read.value;
  const known = values.get(counter) ?? [];
  known.push({ given: read.value, document });
  values.set(counter, known);
  return undefined;
}

/**
 * A counter's values follow each other without a gap, but for those that it passed over: others had reserved
 * them, and may have given them back with a draft that was deleted. The last one is where it stands.
 */
export function seriesDifference(
  { name, next }: { readonly name: string; readonly next: number },
  values: GivenValues,
): Difference | undefined {
  const given = [...(values.get(name) ?? [])].sort((a, b) => a.given.value - b.given.value);
  let expected = 1;
  for (const { given: one, document } of given) {
    const place = { customer: document.customer, record: document.id };
    const field = `next value of ${name}`;
    const difference = firstDifference(place, [[field, expected, one.value - one.skipped]]);
    if (difference) return difference;
    expected = one.value + 1;
  }
  return firstDifference({ customer: null, record: name }, [["next", expected, next]]);
}
