import { paymentNumber } from "../payments/payment.ts";
import type { Currency } from "../shared/currencies.ts";
import { kindOf } from "../shared/ids.ts";
import type { JournalRecord, Posting } from "../shared/journal.ts";

/** One movement of a journal record, as a customer understands it. Amounts are minor units. */
export interface Movement {
  readonly at: string;
  readonly type: string;
  /** The document or payment that it moved. */
  readonly subject: string;
  /** Where the money of an application came from. */
  readonly source: string | null;
  /** What it added to (or took from) its subject. */
  readonly amount: number;
  readonly outstanding: number;
  readonly unapplied: number;
  readonly credit: number;
}

type Carrier = "receivable" | "unapplied" | "credits";
const isCarrier = (account: string): account is Carrier =>
  account === "receivable" || account === "unapplied" || account === "credits";

/**
 * The lines of a record that move what the customer owes, has paid ahead or is owed in goodwill. Two
 * lines of equal size between an invoice and its money are one movement, an application or its undoing;
 * the rest is summed per document.
 */
export function movementsOf(record: JournalRecord, currency: Currency): Movement[] {
  const postings = record.postings.filter((line) => line.currency === currency);
  const applied: Movement[] = [];
  const single = new Map<string, Posting>();
  for (let index = 0; index < postings.length; index += 1) {
    const line = postings[index] as Posting;
    const pair = applicationIn(record, line, postings[index + 1]);
    if (pair) {
      applied.push(pair);
      index += 1;
    } else if (isCarrier(line.account)) {
      const name = `${line.account} ${line.subject}`;
      const before = single.get(name)?.amount ?? 0;
      single.set(name, { ...line, amount: before + line.amount });
    }
  }
  const own = [...single.values()].flatMap((line) => singleMovement(record, line));
  // An undone application comes before what the record then did with the money.
  const isUndone = ({ amount }: Movement) => amount > 0;
  return [...applied.filter(isUndone), ...own, ...applied.filter((one) => !isUndone(one))];
}

function applicationIn(
  { at }: JournalRecord,
  a: Posting,
  b: Posting | undefined,
): Movement | undefined {
  if (!b || a.amount !== -b.amount) return undefined;
  const [invoice, money] = a.account === "receivable" ? [a, b] : [b, a];
  if (invoice.account !== "receivable") return undefined;
  if (money.account !== "unapplied" && money.account !== "credits") return undefined;
  const { amount } = invoice;
  const kind = money.account === "credits" ? "credit" : "payment";
  return {
    at,
    type: `${kind}.${amount < 0 ? "applied" : "unapplied"}`,
    ...{ subject: invoice.subject, source: money.subject, amount, outstanding: amount },
    unapplied: kind === "payment" ? amount : 0,
    credit: kind === "credit" ? amount : 0,
  };
}

function singleMovement({ at, type }: JournalRecord, line: Posting): Movement[] {
  if (line.amount === 0) return [];
  const amount = line.account === "receivable" ? line.amount : -line.amount;
  return [
    {
      at,
      type,
      ...{ subject: line.subject, source: null, amount },
      outstanding: line.account === "receivable" ? amount : 0,
      unapplied: line.account === "unapplied" ? amount : 0,
      credit: line.account === "credits" ? amount : 0,
    },
  ];
}

/** What people call a record: payments are named after their ids, documents by their numbers. */
export function numberIn(numbers: ReadonlyMap<string, string>, id: string): string | null {
  return kindOf(id) === "payment" ? paymentNumber({ id }) : (numbers.get(id) ?? null);
}
