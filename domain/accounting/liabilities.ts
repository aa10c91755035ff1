import type { BySubject } from "./by-subject.ts";

export interface Liability {
  readonly customer: string;
  readonly name: string;
  /** Null: money that was paid ahead without a retainer. */
  readonly retainer: string | null;
  readonly number: string | null;
  readonly date: string | null;
  readonly unapplied: number;
}

export interface FundedRetainer {
  readonly id: string;
  readonly number: string | null;
  readonly date: string;
}

/** The work that a customer has paid for and not yet had, by the retainer that asked for the money. */
export function liabilitiesOf(
  { customer, name }: { readonly customer: string; readonly name: string },
  {
    carried,
    retainerOf,
  }: {
    /** Of the account `unapplied`, by payment. */
    readonly carried: BySubject;
    readonly retainerOf: (payment: string) => FundedRetainer | undefined;
  },
): Liability[] {
  const rows = new Map<string, Liability>();
  for (const [payment, credited] of carried) {
    const { id = null, number = null, date = null } = retainerOf(payment) ?? {};
    const before = rows.get(id ?? "")?.unapplied ?? 0;
    const unapplied = before - credited;
    rows.set(id ?? "", { customer, name, retainer: id, number, date, unapplied });
  }
  return [...rows.values()].sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

const never = "9999-12-31";
const keyOf = ({ date, retainer }: Liability): string => `${date ?? never} ${retainer ?? ""}`;
