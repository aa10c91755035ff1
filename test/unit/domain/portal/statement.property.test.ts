import fc from "fast-check";
import { expect, test } from "vitest";
import { agingOf, type OpenInvoice } from "../../../../domain/portal/aging.ts";
import { statementOf } from "../../../../domain/portal/statement.ts";
import { addDays } from "../../../../domain/shared/calendar.ts";
import type { JournalRecord } from "../../../../domain/shared/journal.ts";
import {
  applied,
  aRecord,
  facts,
  invoices,
  issued,
  type Move,
  payments,
  received,
  refunded,
  retainerOf,
  retainers,
  undone,
} from "./statement-facts.ts";

/** A history told forwards, day by day: what a statement has to find by going back. */
interface Books {
  readonly open: Map<string, number>;
  readonly waiting: Map<string, number>;
  readonly sums: Map<string, { funded: number; drawn: number; refunded: number }>;
}

const aStep = fc.record({
  day: fc.integer({ min: 0, max: 59 }),
  kind: fc.constantFrom("issue", "receive", "apply", "undo", "refund"),
  invoice: fc.constantFrom(...invoices),
  payment: fc.constantFrom(...payments),
  amount: fc.integer({ min: 1, max: 500 }),
});
type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never;

const add = (sums: Map<string, number>, id: string, amount: number): number => {
  const sum = (sums.get(id) ?? 0) + amount;
  sums.set(id, sum);
  return sum;
};

/** What the step does to the books; undefined: it can't be done. */
function perform(books: Books, { kind, invoice, payment, amount }: Step): Move | undefined {
  const { open, waiting, sums } = books;
  const own = sums.get(retainerOf.get(payment) ?? "");
  if (!own) throw new Error("every payment here funds a retainer");
  const most = Math.min(amount, waiting.get(payment) ?? 0, open.get(invoice) ?? 0);
  switch (kind) {
    case "issue":
      add(open, invoice, amount);
      return issued(invoice, amount);
    case "receive":
      add(waiting, payment, amount);
      own.funded += amount;
      return received(payment, amount);
    case "apply":
      if (most === 0) return undefined;
      add(open, invoice, -most);
      add(waiting, payment, -most);
      own.drawn += most;
      return applied(payment, invoice, most);
    case "undo":
      if (own.drawn < amount) return undefined;
      add(open, invoice, amount);
      add(waiting, payment, amount);
      own.drawn -= amount;
      return undone(payment, invoice, amount);
    default:
      if ((waiting.get(payment) ?? 0) < amount) return undefined;
      add(waiting, payment, -amount);
      own.refunded += amount;
      return refunded(payment, amount);
  }
}

const start = "2027-01-01";
const dueOf = (id: string): string =>
  addDays(start, 7 * (invoices as readonly string[]).indexOf(id));

const openIn = ({ open }: Books): OpenInvoice[] =>
  invoices.map((id) => ({ id, dueDate: dueOf(id), balance: open.get(id) ?? 0 }));

const retainersIn = ({ sums }: Books) =>
  retainers.map((id) => ({ id, number: null, date: start, ...(sums.get(id) ?? noSums) }));
const noSums = { funded: 0, drawn: 0, refunded: 0 };

const balanceIn = ({ open, waiting }: Books) => ({
  outstanding: [...open.values()].reduce((sum, one) => sum + one, 0),
  unapplied: [...waiting.values()].reduce((sum, one) => sum + one, 0),
  credit: 0,
});

const newBooks = (): Books => ({
  open: new Map(),
  waiting: new Map(),
  sums: new Map(retainers.map((id) => [id, { ...noSums }])),
});

/** All steps up to a day, the records of all of them from a day on. */
function told(steps: readonly Step[], upTo: number): { books: Books; records: JournalRecord[] } {
  const books = newBooks();
  const records = steps.flatMap((step) => {
    if (step.day > upTo) return [];
    const move = perform(books, step);
    return move ? [aRecord(`${addDays(start, step.day)}T12:00:00.000Z`, move)] : [];
  });
  return { books, records };
}

test("going back from now finds what stood there then, for every history and every range", () => {
  const days = fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }));
  fc.assert(
    fc.property(fc.array(aStep, { maxLength: 40 }), days, (unsorted, ends) => {
      const [from, to] = ends.toSorted((a, b) => a - b) as [number, number];
      const steps = unsorted.toSorted((a, b) => a.day - b.day);
      const { books: now, records } = told(steps, 59);
      const { books: then } = told(steps, to);
      const { books: before } = told(steps, from - 1);
      const since = addDays(start, from);
      const asked = { currency: "USD", from: since, to: addDays(start, to) } as const;
      const found = statementOf(
        { ...asked, until: `${addDays(start, to + 1)}T00:00:00.000Z` },
        facts({
          balance: balanceIn(now),
          records: records.filter(({ at }) => at >= since),
          invoices: openIn(now),
          retainers: retainersIn(now),
        }),
      );
      expect(found.opening).toEqual(balanceIn(before));
      expect(found.closing).toEqual(balanceIn(then));
      const { outstanding, unapplied } = found.lines.at(-1) ?? found.opening;
      expect({ outstanding, unapplied, credit: 0 }).toEqual(found.closing);
      expect(found.aging).toEqual(agingOf(openIn(then), asked.to));
      const shown = new Map(found.retainers.map((one) => [one.id, one]));
      for (const { funded, drawn, refunded: back, id } of retainersIn(then)) {
        const remaining = funded - drawn - back;
        if (remaining > 0) expect(shown.get(id)).toMatchObject({ funded, drawn, remaining });
      }
    }),
    { numRuns: 300 },
  );
});
