import type * as z from "zod";

/** Where the books are not what they should be: the first place that was found. */
export interface Difference {
  readonly customer: string | null;
  /** A record's id, or the name of what has none: the account, a number series, a counter. */
  readonly record: string;
  /** Of a journal record. */
  readonly seq: number | null;
  readonly field: string;
  readonly expected: unknown;
  readonly found: unknown;
}

/** What a difference says beside the field. */
export interface Place {
  readonly customer: string | null;
  readonly record: string;
  readonly seq?: number | null;
}

/** Something that must hold: both sides are the same. */
export type Claim = readonly [field: string, expected: unknown, found: unknown];

export const differenceAt = (
  { customer, record, seq = null }: Place,
  [field, expected, found]: Claim,
): Difference => ({ customer, record, seq, field, expected, found });

/** The first of several claims that doesn't hold. */
export function firstDifference(place: Place, claims: readonly Claim[]): Difference | undefined {
  const broken = claims.find(([, expected, found]) => !isSame(expected, found));
  return broken && differenceAt(place, broken);
}

/** Texts, numbers, and plain lists and objects of them; the order of an object's fields says nothing. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const theirs = b as Readonly<Record<string, unknown>>;
  const ours = Object.entries(a);
  if (ours.length !== Object.keys(theirs).length) return false;
  return ours.every(([name, value]) => isSame(value, theirs[name]));
}

/** A stored item in its form, or where it left it: damage is told, it doesn't stop whoever looks for it. */
export function readAs<T extends z.ZodType>(
  schema: T,
  item: unknown,
  place: Place,
): { readonly value: z.output<T> } | { readonly difference: Difference } {
  const read = schema.safeParse(item);
  if (read.success) return { value: read.data };
  const { path, message } = read.error.issues[0] ?? { path: [], message: "another form" };
  const found = path.reduce<unknown>(
    (value, name) => (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[name],
    item,
  );
  const field = path.join(".") || "form";
  return { difference: differenceAt(place, [field, message, found ?? null]) };
}
