import type { Currency } from "../shared/currencies.ts";
import { type Balance, type JournalRecord, noBalance } from "../shared/journal.ts";
import { type Aging, agingOf, type OpenInvoice } from "./aging.ts";
import { type Movement, movementsOf, numberIn } from "./movements.ts";

export interface StatementRange {
  readonly currency: Currency;
  /** Calendar days of the agency, both included. */
  readonly from: string;
  readonly to: string;
  /** The first instant after `to`. */
  readonly until: string;
}

export interface RetainerState {
  readonly id: string;
  readonly number: string | null;
  readonly date: string;
  readonly funded: number;
  readonly drawn: number;
  readonly refunded: number;
}

/** As things stand now, and what happened since `from`: whatever came after `to` is taken back. */
export interface StatementFacts {
  readonly balance: Balance;
  /** Every journal record since `from`, up to now, oldest first. */
  readonly records: readonly JournalRecord[];
  /** What is open now, and what was while a record above touched it. */
  readonly invoices: readonly OpenInvoice[];
  readonly retainers: readonly RetainerState[];
  /** Of a payment: the retainer that it funded. */
  readonly retainerOf: ReadonlyMap<string, string>;
  readonly numbers: ReadonlyMap<string, string>;
}

export interface StatementLine extends Balance {
  readonly at: string;
  readonly type: string;
  readonly subject: string;
  readonly number: string | null;
  readonly memo: string;
  readonly amount: number;
}

export interface Statement {
  readonly opening: Balance;
  readonly lines: readonly StatementLine[];
  readonly closing: Balance;
  readonly retainers: readonly (RetainerState & { readonly remaining: number })[];
  readonly aging: Aging;
}

/** Opening + lines = closing, and closing is what the journal says of the end of `to`. */
export function statementOf(range: StatementRange, facts: StatementFacts): Statement {
  const moves = facts.records.flatMap((record) => movementsOf(record, range.currency));
  const within = moves.filter(({ at }) => at < range.until);
  const later = moves.filter(({ at }) => at >= range.until);
  const closing = minus(facts.balance, later);
  const opening = minus(closing, within);
  const retainers = retainersAt(facts, later);
  const active = new Set(within.flatMap((move) => retainerTouched(facts, move) ?? []));
  return {
    opening,
    lines: linesOf(opening, within, facts),
    closing,
    retainers: retainers.filter(({ id, remaining }) => remaining > 0 || active.has(id)),
    aging: agingOf(openAt(facts.invoices, later), range.to),
  };
}

const plus = (balance: Balance, move: Movement): Balance => ({
  outstanding: balance.outstanding + move.outstanding,
  unapplied: balance.unapplied + move.unapplied,
  credit: balance.credit + move.credit,
});

function minus(balance: Balance, moves: readonly Movement[]): Balance {
  const sum = moves.reduce(plus, noBalance);
  return {
    outstanding: balance.outstanding - sum.outstanding,
    unapplied: balance.unapplied - sum.unapplied,
    credit: balance.credit - sum.credit,
  };
}

function linesOf(
  opening: Balance,
  moves: readonly Movement[],
  { numbers }: StatementFacts,
): StatementLine[] {
  let balance = opening;
  return moves.map((move) => {
    balance = plus(balance, move);
    const { at, type, subject, source, amount } = move;
    const number = numberIn(numbers, subject);
    const from = source && numberIn(numbers, source);
    const back = amount > 0;
    const memo = from
      ? `${from} ${back ? "back from" : "to"} ${number ?? subject}`
      : (number ?? "");
    return { at, type, subject, number, memo, amount, ...balance };
  });
}

/** The payment whose money a movement moved. */
const paymentIn = ({ subject, source }: Movement): string => source ?? subject;

const retainerTouched = (facts: StatementFacts, move: Movement): string | undefined =>
  move.unapplied === 0 ? undefined : facts.retainerOf.get(paymentIn(move));

/** Each retainer as it stood when the later movements had not happened. */
function retainersAt(facts: StatementFacts, later: readonly Movement[]) {
  const undone = new Map<string, { funded: number; drawn: number; refunded: number }>();
  for (const move of later) {
    const id = retainerTouched(facts, move);
    if (!id) continue;
    const sums = undone.get(id) ?? { funded: 0, drawn: 0, refunded: 0 };
    if (move.source) sums.drawn -= move.unapplied;
    else if (isFunding(move)) sums.funded += move.unapplied;
    else sums.refunded -= move.unapplied;
    undone.set(id, sums);
  }
  return facts.retainers.map((retainer) => {
    const after = undone.get(retainer.id) ?? { funded: 0, drawn: 0, refunded: 0 };
    const funded = retainer.funded - after.funded;
    const drawn = retainer.drawn - after.drawn;
    const refunded = retainer.refunded - after.refunded;
    return { ...retainer, funded, drawn, refunded, remaining: funded - drawn - refunded };
  });
}

/** A voided payment was never received; all else that leaves was given back. */
const isFunding = ({ type }: Movement): boolean =>
  type === "payment.received" || type === "payment.voided";

function openAt(invoices: readonly OpenInvoice[], later: readonly Movement[]): OpenInvoice[] {
  const moved = new Map<string, number>();
  for (const { subject, outstanding } of later) {
    if (outstanding !== 0) moved.set(subject, (moved.get(subject) ?? 0) + outstanding);
  }
  return invoices.map((invoice) => ({
    ...invoice,
    balance: invoice.balance - (moved.get(invoice.id) ?? 0),
  }));
}
