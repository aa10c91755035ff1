import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  appendRecord,
  BooksMoved,
  balancesAfter,
  type Entry,
  emptyJournal,
  hashOf,
  type JournalRecord,
  journalRecordSchema,
  type Posting,
  storedRecord,
} from "../../../../domain/shared/journal.ts";
import { aCustomerId, anId, now } from "../../../support/builders.ts";

const context = (over: object = {}) => ({
  ...{ id: anId("journal"), customer: aCustomerId, actor: { system: "test" }, now },
  ...over,
});

const pair = (amount: number, subject = "pay_1", currency = "USD"): Posting[] =>
  [
    { account: "cash", amount, currency, subject },
    { account: "unapplied", amount: -amount, currency, subject },
  ] as Posting[];

const received = (amount: number, over: Partial<Entry> = {}): Entry => ({
  ...{ type: "payment.received", subject: "pay_1", memo: "PAY-1", postings: pair(amount) },
  ...over,
});

describe("a record", () => {
  test("hooks on to its predecessor, and carries the balances after it", () => {
    const first = appendRecord(emptyJournal, {}, received(500), context());
    const second = appendRecord(first.head, first.record.balances, received(250), context());
    expect(first.record).toMatchObject({ seq: 1, previousHash: "0".repeat(64) });
    expect(second.record).toMatchObject({ seq: 2, previousHash: first.record.hash });
    expect(second.record.balances).toEqual({ USD: { outstanding: 0, unapplied: 750, credit: 0 } });
    expect(second.head).toEqual({ seq: 2, hash: second.record.hash, at: now });
  });

  test("is never before its predecessor, whatever a clock says", () => {
    const later = "2026-11-24T10:00:00.000Z";
    const head = { ...emptyJournal, seq: 4, at: later };
    expect(appendRecord(head, {}, received(1), context()).record.at).toBe(later);
  });

  test("can't be made of postings that are off, or not whole", () => {
    const make = (postings: Posting[]) => () =>
      appendRecord(emptyJournal, {}, received(1, { postings }), context());
    const [cash, unapplied] = pair(100);
    expect(make([cash as Posting])).toThrow("postings in USD are off by 100");
    const other = { ...(unapplied as Posting), currency: "EUR" } as Posting;
    expect(make([cash as Posting, other])).toThrow(RangeError);
    expect(make(pair(0.5))).toThrow("not whole units");
  });

  test("that takes more than there is means that the books moved", () => {
    expect(() => balancesAfter({}, pair(-1))).toThrow(BooksMoved);
  });
});

const line = fc.record({
  amount: fc.integer({ min: 1, max: 1_000_000_000 }),
  subject: fc.constantFrom("pay_1", "pay_2", "inv_1"),
  currency: fc.constantFrom("USD", "JPY", "KWD"),
});

/** Money in, in several currencies, by several subjects. */
const entries = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 6 }), fc.constantFrom("pay_1", "inv_1"))
  .map(([lines, subject]) =>
    received(0, {
      subject,
      postings: lines.flatMap((one) => pair(one.amount, one.subject, one.currency)),
      also: lines.map((one) => ({ type: "invoice.paid", subject: one.subject })),
    }),
  );

const chainOf = (all: readonly Entry[]): JournalRecord[] => {
  const records: JournalRecord[] = [];
  let head = emptyJournal;
  for (const entry of all) {
    const made = appendRecord(head, records.at(-1)?.balances ?? {}, entry, context());
    records.push(made.record);
    ({ head } = made);
  }
  return records;
};

describe("whatever is recorded", () => {
  test("is read back from its shorter stored form as it was, under the same hash", () => {
    fc.assert(
      fc.property(fc.array(entries, { minLength: 1, maxLength: 5 }), (all) => {
        for (const record of chainOf(all)) {
          const stored = JSON.parse(JSON.stringify(storedRecord(record)));
          const read = journalRecordSchema.parse(stored);
          expect(read).toEqual(record);
          expect(hashOf(read)).toBe(record.hash);
        }
      }),
    );
  });

  test("balances are the sums of the postings", () => {
    fc.assert(
      fc.property(fc.array(entries, { minLength: 1, maxLength: 5 }), (all) => {
        const records = chainOf(all);
        const sums = new Map<string, number>();
        for (const { account, amount, currency } of records.flatMap((one) => one.postings)) {
          if (account === "unapplied") sums.set(currency, (sums.get(currency) ?? 0) - amount);
        }
        const shown = Object.entries(records.at(-1)?.balances ?? {});
        expect(shown.map(([currency, one]) => [currency, one.unapplied]).sort()).toEqual(
          [...sums].sort(),
        );
      }),
    );
  });

  test("a changed record is found: its hash is another", () => {
    const [record] = chainOf([received(500)]);
    const changed = (over: Partial<JournalRecord>) =>
      hashOf({ ...(record as JournalRecord), ...over });
    expect(changed({})).toBe(record?.hash);
    for (const over of [{ memo: "PAY-2" }, { seq: 2 }, { postings: pair(501) }, { at: "2026" }]) {
      expect(changed(over)).not.toBe(record?.hash);
    }
  });
});

test("a stored line names its subject only where it is another than the record's", () => {
  const postings = [...pair(1, "pay_1"), ...pair(1, "pay_2")];
  const also = [{ type: "invoice.paid", subject: "inv_1" }];
  const [record] = chainOf([received(1, { postings, also })]);
  const stored = storedRecord(record as JournalRecord);
  expect(stored.postings.map((one) => "subject" in one)).toEqual([false, false, true, true]);
  expect(stored.also).toEqual(also);
});
