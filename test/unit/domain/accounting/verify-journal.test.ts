import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  accountDifference,
  follow,
  newReplay,
  type Replay,
} from "../../../../domain/accounting/verify-journal.ts";
import { emptyAccount } from "../../../../domain/customers/account.ts";
import {
  appendRecord,
  type Balances,
  emptyJournal,
  hashOf,
  type JournalRecord,
} from "../../../../domain/shared/journal.ts";
import { aCustomerId, anId } from "../../../support/builders.ts";

const invoice = anId("invoice");

/** A journal of invoices, each over so many cents. */
function journalOf(amounts: readonly number[]): JournalRecord[] {
  let head = emptyJournal;
  let balances: Balances = {};
  return amounts.map((amount, index) => {
    const line = (account: "receivable" | "revenue", sum: number) =>
      ({ account, amount: sum, subject: invoice, currency: "USD" }) as const;
    const entry = {
      ...{ type: "invoice.issued", subject: invoice, memo: `INV-${index}` },
      postings: [line("receivable", amount), line("revenue", -amount)],
    };
    const context = {
      ...{ id: anId("journal"), customer: aCustomerId, actor: { system: "test" } },
      now: `2027-03-01T00:00:00.${String(index).padStart(3, "0")}Z`,
    };
    const made = appendRecord(head, balances, entry, context);
    head = made.head;
    balances = made.record.balances;
    return made.record;
  });
}

function followed(records: readonly unknown[]) {
  let replay: Replay = newReplay();
  for (const record of records) {
    const next = follow(replay, aCustomerId, record);
    if ("difference" in next) return next;
    replay = next.replay;
  }
  return { replay };
}

const amounts = fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 8 });

/** Changes of one record that a person with the table's key could make. */
const damages: Readonly<Record<string, (record: JournalRecord) => object>> = {
  "another amount": (record) => ({
    postings: record.postings.map((line, at) => ({ ...line, amount: line.amount + (at ? 0 : 1) })),
  }),
  "other balances": () => ({ balances: { USD: { outstanding: 5, unapplied: 5, credit: 5 } } }),
  "another time": () => ({ at: "2027-04-01T00:00:00.000Z" }),
  "another number": ({ seq }) => ({ seq: seq + 1 }),
  "another customer": () => ({ customer: anId("customer") }),
  "another actor": () => ({ actor: { system: "somebody" } }),
  "another text": ({ memo }) => ({ memo: `${memo}0` }),
  "another predecessor": () => ({ previousHash: "f".repeat(64) }),
  "another hash": () => ({ hash: "f".repeat(64) }),
  "no postings": () => ({ postings: undefined }),
};

describe("a journal that is followed", () => {
  test("ends where its account stands, and carries what was posted", () => {
    fc.assert(
      fc.property(amounts, (all) => {
        const records = journalOf(all);
        const end = followed(records);
        if ("difference" in end) throw new Error(JSON.stringify(end.difference));
        const last = records.at(-1);
        const account = {
          ...emptyAccount(aCustomerId),
          ...{ seq: all.length, hash: last?.hash ?? "", at: last?.at ?? "" },
          ...{ balances: last?.balances ?? {}, issuedCount: all.length },
        };
        expect(accountDifference(end.replay, account)).toBeUndefined();
        const sum = all.reduce((a, b) => a + b, 0);
        expect(end.replay.carried.get(`${invoice} receivable USD`)).toBe(sum);
        for (const over of [{ seq: 0 }, { hash: "" }, { balances: {} }, { issuedCount: 99 }]) {
          const [field] = Object.keys(over);
          expect(accountDifference(end.replay, { ...account, ...over })).toMatchObject({ field });
        }
      }),
    );
  });

  test("tells the first record that was changed in any way", () => {
    fc.assert(
      fc.property(
        amounts,
        fc.nat(),
        fc.constantFrom(...Object.keys(damages)),
        (all, pick, damage) => {
          const records = journalOf(all);
          const at = pick % records.length;
          const changed = records.map((record, index) =>
            index === at ? { ...record, ...damages[damage]?.(record) } : record,
          );
          expect(followed(changed)).toMatchObject({
            difference: { customer: aCustomerId, seq: at + 1, record: records[at]?.id },
          });
        },
      ),
    );
  });

  test("tells of a record that is missing, doubled or moved", () => {
    const [one, two, three] = journalOf([1, 2, 3]);
    for (const wrong of [
      [two, three],
      [one, three],
      [one, one],
      [one, three, two],
    ]) {
      expect(followed(wrong)).toMatchObject({ difference: { field: "seq" } });
    }
  });

  test("isn't fooled by a hash that fits its changed record: the next one doesn't", () => {
    const [one, two] = journalOf([1, 2]) as [JournalRecord, JournalRecord];
    const { hash: _hash, also, data, ...published } = { ...one, memo: "changed" };
    const forged = { ...published, also, data, hash: hashOf(published) };
    expect(followed([forged])).toHaveProperty("replay");
    expect(followed([forged, two])).toMatchObject({
      difference: { seq: 2, field: "previousHash" },
    });
  });
});
