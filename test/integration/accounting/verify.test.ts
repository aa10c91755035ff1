import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { hashOf, journalRecordSchema } from "../../../domain/shared/journal.ts";
import { journalSk } from "../../../domain/shared/record.store.ts";
import type { Item } from "../../../domain/shared/table.store.ts";
import { verifyBooks } from "../../../functions/jobs/verify-books.ts";
import {
  account,
  begin,
  damage,
  damageRow,
  head,
  life,
  mend,
  postingsOf,
  put,
  record,
  remove,
  shell,
  stored,
  verified,
} from "./damaged-books.ts";

beforeAll(begin);
afterEach(mend);

/** Changed with its hash, as somebody would who knows how the chain is made. */
function rehashed(item: Item): Item {
  const { hash: _hash, also: _also, data: _data, ...published } = journalRecordSchema.parse(item);
  return { ...item, hash: hashOf(published) };
}

test("healthy books are right, and it is said what was looked at", async () => {
  expect(await verifyBooks(shell.tenant)).toEqual({
    ...{ customers: 1, records: 7, documents: 6 },
    difference: undefined,
  });
});

describe("damage in the journal", () => {
  const inJournal = (seq: number, field: string) => ({ customer: life.customer, seq, field });

  test("an amount on one side", async () => {
    await damage(record(3), (item) => {
      const [first] = postingsOf(item);
      if (first) first.amount += 1;
      return item;
    });
    const found = await verified();
    expect(found).toMatchObject({ ...inJournal(3, "postings"), expected: {}, found: { USD: 1 } });
    expect(found?.record).toMatch(/^jrn_/);
  });

  test("an amount on both sides", async () => {
    await damage(record(2), (item) => {
      for (const line of postingsOf(item)) line.amount += Math.sign(line.amount);
      return item;
    });
    expect(await verified()).toMatchObject({
      ...inJournal(2, "balances"),
      expected: { USD: { outstanding: 0, unapplied: 500_001, credit: 0 } },
      found: { USD: { outstanding: 0, unapplied: 500_000, credit: 0 } },
    });
  });

  test.each([
    ["a memo", { memo: "INV-9999" }],
    ["a type", { type: "payment.receivedd" }],
    ["an actor", { actor: { system: "nobody" } }],
    ["a subject", { subject: "pay_00000000000000000000000000" }],
    ["an id", { id: "jrn_00000000000000000000000000" }],
  ])("%s", async (_name, fields) => {
    await damage(record(2), (item) => ({ ...item, ...fields }));
    expect(await verified()).toMatchObject(inJournal(2, "hash"));
  });

  test("a record that was changed together with its hash", async () => {
    await damage(record(2), (item) => rehashed({ ...item, memo: "another" }));
    const { hash } = await stored(record(2));
    expect(await verified()).toMatchObject({ ...inJournal(3, "previousHash"), expected: hash });
  });

  test("the last record, changed together with its hash", async () => {
    await damage(record(7), (item) => rehashed({ ...item, memo: "another" }));
    expect(await verified()).toMatchObject({ record: "account", field: "hash", seq: null });
  });

  test("balances below zero are told, not thrown", async () => {
    await damage(record(3), (item) => ({
      ...item,
      balances: { USD: { outstanding: -1, unapplied: 0, credit: 0 } },
    }));
    expect(await verified()).toMatchObject({
      ...inJournal(3, "balances.USD.outstanding"),
      found: -1,
    });
  });

  test("a chain in which a balance falls below zero", async () => {
    await damage(record(2), (item) => {
      for (const line of postingsOf(item)) line.amount = -line.amount;
      return item;
    });
    expect(await verified()).toMatchObject({
      ...inJournal(2, "balances"),
      expected: { USD: { unapplied: -500_000 } },
    });
  });

  test("a record that is gone from the midst, and one from the end", async () => {
    await remove(record(7));
    expect(await verified()).toMatchObject({
      ...{ record: "account", field: "seq", expected: 6, found: 7 },
    });
    await remove(record(4));
    expect(await verified()).toMatchObject({ ...inJournal(4, "seq"), expected: 4, found: 5 });
  });

  test("a record too many", async () => {
    const last = await stored(record(7));
    await put(rehashed({ ...last, sk: journalSk(8), seq: 8, previousHash: last.hash }));
    expect(await verified()).toMatchObject(inJournal(8, "balances"));
  });

  test("a record in another form", async () => {
    await damage(record(5), ({ at: _at, ...item }) => item);
    expect(await verified()).toMatchObject({ ...inJournal(5, "at"), found: null });
  });
});

describe("damage in the account", () => {
  test.each([
    [
      "a balance",
      { balances: { USD: { outstanding: 5_001, unapplied: 1, credit: 3_000 } } },
      "balances",
    ],
    ["its place in the journal", { seq: 8 }, "seq"],
    ["its time", { at: "2027-03-02T00:00:00.000Z" }, "at"],
    ["what was issued", { issuedCount: 3 }, "issuedCount"],
    ["open money", { openMoney: [] }, "openMoney"],
    ["open credits", { openCredits: [] }, "openCredits"],
    ["retainers", { retainers: [] }, "retainers"],
  ])("%s", async (_name, fields, field) => {
    await damage(account(), (item) => ({ ...item, ...fields }));
    const { customer } = life;
    expect(await verified()).toMatchObject({ customer, record: "account", field });
  });

  test("it is gone", async () => {
    await remove(account());
    expect(await verified()).toMatchObject({ record: "account", field: "seq", expected: 7 });
  });
});

describe("damage in a document", () => {
  test.each([
    ["an invoice's paid", "half", "INV", { paid: 6_000 }, "paid", 5_000, 6_000],
    [
      "an invoice's total",
      "half",
      "INV",
      { total: 10_100 },
      "receivable USD in the journal",
      5_100,
      5_000,
    ],
    [
      "an invoice's tax",
      "drawn",
      "INV",
      { tax: 1 },
      "revenue USD in the journal",
      -380_799,
      -320_000,
    ],
    ["an invoice's status", "half", "INV", { status: "Paid" }, "status", "Partial", "Paid"],
    ["a canceled invoice that is paid", "half", "INV", { status: "Canceled" }, "paid", 0, 5_000],
    [
      "an invoice's number",
      "half",
      "INV",
      { number: "INV-0009" },
      "owner of INV-0009",
      "half",
      null,
    ],
    [
      "a payment's applied",
      "hand",
      "PAY",
      { applied: 4_000, unapplied: 1_000 },
      "applied",
      5_000,
      4_000,
    ],
    [
      "a payment's amount",
      "hand",
      "PAY",
      { amount: 6_000 },
      "applied + refunded + unapplied",
      6_000,
      5_000,
    ],
    [
      "a payment's refunded",
      "funding",
      "PAY",
      { refunded: 1, unapplied: 119_199 },
      "refunded",
      0,
      1,
    ],
    [
      "a payment's status",
      "hand",
      "PAY",
      { status: "Refunded" },
      "status",
      "Succeeded",
      "Refunded",
    ],
    ["a credit's balance", "credit", "CRE", { balance: 1 }, "balance", 3_000, 1],
    ["a credit's amount", "credit", "CRE", { amount: 1, balance: 1 }, "openCredits", {}, {}],
    ["a retainer's paid", "retainer", "INV", { paid: 1 }, "paid", 500_000, 1],
  ] as const)("%s", async (_name, who, kind, fields, field, expected, found) => {
    await damageRow(kind, life[who], fields);
    const record = field === "openCredits" ? "account" : life[who];
    const wanted = expected === "half" ? life.half : expected;
    const difference = await verified();
    expect(difference).toMatchObject({ customer: life.customer, record, field });
    if (field !== "openCredits") expect(difference).toMatchObject({ expected: wanted, found });
  });

  test.each([
    ["funded", { funded: 500_001, drawn: 380_800, refunded: 0 }, 500_000, 500_001],
    ["drawn", { funded: 500_000, drawn: 1, refunded: 0 }, 380_800, 1],
    ["refunded", { funded: 500_000, drawn: 380_800, refunded: 1 }, 0, 1],
  ])("a retainer's %s", async (name, drawdown, expected, found) => {
    await damageRow("INV", life.retainer, { drawdown });
    expect(await verified()).toMatchObject({
      ...{ record: life.retainer, field: `retainer.${name}`, expected, found },
    });
  });

  test("an application that is gone, one that was changed, one too many", async () => {
    const pk = head("PAY", life.hand).pk;
    const [line] = (await stored(head("INV", life.half))).applications as { id: string }[];
    const key = { pk, sk: `APPL#${line?.id}` };
    const kept = await stored(key);
    await remove(key);
    const lost = { record: life.hand, field: "applied", expected: 0, found: 5_000 };
    expect(await verified()).toMatchObject(lost);
    await put({ ...kept, amount: 4_999 });
    expect(await verified()).toMatchObject({ ...lost, expected: 4_999 });
    await put({ ...kept, invoice: life.drawn });
    expect(await verified()).toMatchObject({ field: "applications" });
    await put(kept);
    expect(await verified()).toBeUndefined();
    await put({ ...kept, sk: "APPL#apl_00000000000000000000000000" });
    expect(await verified()).toMatchObject({ ...lost, expected: 10_000 });
  });

  test("an application that only the invoice's head lost", async () => {
    await damage(head("INV", life.half), (item) => ({ ...item, applications: [] }));
    expect(await verified()).toMatchObject({ record: life.half, field: "applications", found: {} });
  });

  test.each([
    ["invoice", "drawn", "INV"],
    ["payment", "funding", "PAY"],
    ["credit", "credit", "CRE"],
  ] as const)("a lost %s", async (_name, who, kind) => {
    await remove(head(kind, life[who]));
    expect(await verified()).toMatchObject({
      ...{ customer: life.customer, record: life[who], field: "record", found: "gone" },
    });
  });

  test("a customer that no list shows", async () => {
    await remove(head("CUS", life.customer));
    expect(await verified()).toMatchObject({ record: life.customer, field: "record" });
  });
});
