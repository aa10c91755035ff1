import { type Kind, kindOf } from "./ids.ts";

/** The kinds of records that lists show, by the name under which the table keeps their heads. */
const heads = {
  customer: "CUS",
  quote: "QUO",
  invoice: "INV",
  payment: "PAY",
  credit: "CRE",
  recurring: "REC",
  prepayment: "PRE",
  document: "DOC",
} as const satisfies Partial<Record<Kind, string>>;

export type HeadKind = (typeof heads)[keyof typeof heads];
export const headKinds: readonly HeadKind[] = Object.values(heads);

/** Undefined for records that no list of their own shows. */
export function headKindOf(id: string): HeadKind | undefined {
  const kind = kindOf(id);
  return kind && kind in heads ? heads[kind as keyof typeof heads] : undefined;
}
