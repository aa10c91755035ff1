import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Difference } from "../../../domain/accounting/difference.ts";
import { hashOf, journalRecordSchema } from "../../../domain/shared/journal.ts";
import { journalSk } from "../../../domain/shared/record.store.ts";
import { type Item, type Key, tenantKey } from "../../../domain/shared/table.store.ts";
import { countRecords } from "../../../functions/consumers/count-records.ts";
import { verifyBooks } from "../../../functions/jobs/verify-books.ts";
import { beginHistory, historySteps, play } from "../../support/histories.ts";
import { aShell, type Shell } from "../../support/shell.ts";

/** A life with a retainer of 5,000, drawn by 3,200; an invoice half paid by hand; a credit. */
interface Life {
  readonly customer: string;
  readonly retainer: string;
  readonly funding: string;
  readonly drawn: string;
  readonly half: string;
  readonly hand: string;
  readonly credit: string;
}

let shell: Shell;
let life: Life;
const begin = async (): Promise<void> => {
  shell = await aShell();
  life = await live();
  await shell.deliver({ to: [countRecords] });
};
beforeAll(begin);

/** What stood where a test did damage, so that the next one finds healthy books. */
const before: { readonly key: Key; readonly item: Item | undefined }[] = [];
afterEach(async () => {
  for (const { key, item } of before.splice(0).reverse()) {
    if (item) await write(item);
    else await erase(key);
  }
});

const post = async (path: string, body: object = {}) => {
  const answer = await shell.call("POST", path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};

async function live(): Promise<Life> {
  const customer = (await post("/v1/customers", { billTo: { company: "Acme" } })).id;
  const issue = (price: number, over: object = {}) =>
    post("/v1/invoices", {
      ...{ customer, items: [{ name: "Work", quantity: 1, price }], status: "Unpaid" },
      ...over,
    });
  const retainer = (await issue(5_000, { isRetainer: true })).id;
  const funding = (await post(`/v1/invoices/${retainer}/payments`, { method: "Cash" })).id;
  const drawn = (await issue(3_200, { taxes: [{ name: "VAT", rate: 19 }] })).id;
  const half = (await issue(100, { autoApply: "off" })).id;
  const hand = (await post(`/v1/invoices/${half}/payments`, { method: "Cash", amount: 50 })).id;
  const made = await post("/v1/credits", { customer, currency: "USD", amount: 30 });
  await post(`/v1/credits/${made.id}/issue`);
  return { customer, retainer, funding, drawn, half, hand, credit: made.id };
}

const verified = async (): Promise<Difference | undefined> =>
  (await verifyBooks(shell.tenant)).difference;

const head = (kind: string, id: string): Key => ({
  pk: tenantKey(shell.tenant, kind, id),
  sk: kind,
});
const record = (seq: number): Key => ({
  pk: tenantKey(shell.tenant, "C", life.customer),
  sk: journalSk(seq),
});
const account = (): Key => ({ pk: record(1).pk, sk: "ACCOUNT" });

async function find({ pk, sk }: Key): Promise<Item | undefined> {
  const get = { TableName: shell.table.table, Key: { pk, sk }, ConsistentRead: true };
  return (await shell.table.db.send(new GetCommand(get))).Item;
}

async function stored(key: Key): Promise<Item> {
  const found = await find(key);
  if (!found) throw new Error(`nothing at ${key.pk} ${key.sk}`);
  return found;
}

const write = (item: Item) =>
  shell.table.db.send(new PutCommand({ TableName: shell.table.table, Item: item }));
const erase = ({ pk, sk }: Key) =>
  shell.table.db.send(new DeleteCommand({ TableName: shell.table.table, Key: { pk, sk } }));

async function put(item: Item): Promise<void> {
  const key = { pk: String(item.pk), sk: String(item.sk) };
  before.push({ key, item: await find(key) });
  await write(item);
}

async function remove(key: Key): Promise<void> {
  before.push({ key, item: await find(key) });
  await erase(key);
}

const damage = async (key: Key, change: (item: Item) => Item): Promise<void> =>
  put(change(structuredClone(await stored(key))));
/** The fields of a listed record lie in its row. */
const damageRow = (kind: string, id: string, fields: Item): Promise<void> =>
  damage(head(kind, id), (item) => ({ ...item, row: { ...(item.row as Item), ...fields } }));

/** A record that moved nothing has none. */
const postingsOf = ({ postings = [] }: Item) => postings as { amount: number; subject: string }[];

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

describe("numbers", () => {
  const guard = (number: string): Key => ({
    pk: tenantKey(shell.tenant, "U", "number", number),
    sk: "U",
  });
  const counter = (): Key => ({ pk: tenantKey(shell.tenant, "SERIES", "INV"), sk: "COUNTER" });

  test("one that its document lost to nobody, or to another", async () => {
    await damage(guard("INV-0001"), (item) => ({ ...item, owner: life.half }));
    const lost = { record: life.drawn, field: "owner of INV-0001", expected: life.drawn };
    expect(await verified()).toMatchObject({ ...lost, found: life.half });
    await remove(guard("INV-0001"));
    expect(await verified()).toMatchObject({ ...lost, found: null });
  });

  test("a counter that jumped, or fell back", async () => {
    await damage(counter(), (item) => ({ ...item, next: 5 }));
    const off = { record: "INV COUNTER", field: "next", expected: 3 };
    expect(await verified()).toMatchObject({ ...off, found: 5 });
    await damage(counter(), (item) => ({ ...item, next: 2 }));
    expect(await verified()).toMatchObject({ ...off, found: 2 });
  });
});

describe("numbers in books of their own", () => {
  beforeEach(begin);

  test("a document that is gone leaves a gap behind", async () => {
    // Gone with its traces in the books, as nobody could do it but by hand: only the series remembers.
    await remove(head("QUO", await aSentQuote()));
    await aSentQuote();
    await shell.deliver({ to: [countRecords] });
    expect(await verified()).toMatchObject({
      field: "next value of QUO COUNTER",
      expected: 1,
      found: 2,
    });
  });

  test("an issued document without a number", async () => {
    await damage(head("INV", life.half), ({ row, ...item }) => {
      const { number: _number, ...rest } = row as Item;
      return { ...item, row: rest };
    });
    expect(await verified()).toMatchObject({ record: life.half, field: "number", found: null });
  });

  test("gaps by design are none: numbers of callers, passed over, kept or given back", async () => {
    const { customer } = life;
    const items = [{ name: "Work", quantity: 1, price: 10 }];
    const draft = (number: string) => post("/v1/invoices", { customer, items, number });
    const given = [await draft("INV-0003"), await draft("INV-0004"), await draft("INV-0007")];
    await draft("MINE-1");
    const issued = await post("/v1/invoices", { customer, items, status: "Unpaid" });
    expect(issued.number).toBe("INV-0005");
    await shell.call("DELETE", `/v1/invoices/${given[0].id}`);
    await shell.call("PATCH", `/v1/invoices/${given[1].id}`, { number: "INV-0100" });
    await post(`/v1/invoices/${given[2].id}/mark-sent`);
    await post("/v1/invoices", { customer, items, status: "Unpaid" });
    const last = await post("/v1/invoices", { customer, items, status: "Unpaid" });
    expect(last.number).toBe("INV-0008");
    await shell.deliver({ to: [countRecords] });
    expect(await verified()).toBeUndefined();
  });

  test("another pattern and a yearly reset are no gap", async () => {
    const numbering = { invoice: "{year}/{000}", yearlyReset: true };
    const settings = {
      numbering: {
        ...numbering,
        retainer: "R-{year}-{00}",
        quote: "Q-{year}-{00}",
        credit: "C-{year}-{00}",
      },
    };
    expect((await shell.call("PATCH", "/v1/agency", { settings })).status).toBe(200);
    const { customer } = life;
    const items = [{ name: "Work", quantity: 1, price: 10 }];
    for (const date of ["2027-05-01", "2028-05-01", "2027-06-01"]) {
      await post("/v1/invoices", {
        customer,
        items,
        date,
        dueDate: "2029-01-01",
        status: "Unpaid",
      });
    }
    await shell.deliver({ to: [countRecords] });
    expect(await verified()).toBeUndefined();
  });

  async function aSentQuote(): Promise<string> {
    const items = [{ name: "Work", quantity: 1, price: 10 }];
    const { id } = await post("/v1/quotes", { customer: life.customer, items });
    await post(`/v1/quotes/${id}/mark-sent`);
    return id;
  }
});

describe("what lists answer as their total", () => {
  test("a count that is off", async () => {
    const pk = tenantKey(shell.tenant, "COUNT", "INV", life.customer);
    await damage({ pk, sk: "0" }, (item) => {
      const name = Object.keys(item).find((one) => one.includes('"Partial"')) ?? "";
      return { ...item, [name]: 7 };
    });
    expect(await verified()).toMatchObject({
      ...{ customer: life.customer, record: "count of INV" },
      ...{ field: "Partial false", expected: 1, found: 7 },
    });
  });
});

test("whatever happened, the books are right; with one figure of one record changed they are not", async () => {
  const scenario = fc.tuple(historySteps(15, 30), fc.nat(1_000), fc.integer({ min: 1, max: 99 }));
  await fc.assert(
    fc.asyncProperty(scenario, async ([steps, which, by]) => {
      shell = await aShell();
      const history = await beginHistory(shell);
      for (const one of steps) await play(shell, history, one);
      await shell.deliver({ shuffled: true, copies: 2, to: [countRecords] });
      expect(await verified()).toBeUndefined();
      const customer = history.customers[which % history.customers.length] ?? "";
      const place = { pk: tenantKey(shell.tenant, "C", customer), sk: "ACCOUNT" };
      const account = await find(place);
      if (!account) return;
      const seq = 1 + (which % Number(account.seq));
      await damage({ ...place, sk: journalSk(seq) }, (item) => {
        const lines = postingsOf(item);
        const line = lines[which % lines.length];
        if (line) line.amount += by;
        return line ? item : { ...item, memo: `${item.memo} ${by}` };
      });
      expect(await verified()).toMatchObject({ customer, seq });
    }),
    { numRuns: 5, endOnFailure: true },
  );
}, 120_000);
