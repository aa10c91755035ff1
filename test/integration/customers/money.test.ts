import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { beforeAll, describe, expect, test } from "vitest";
import { balanceReply, journalReply } from "../../../functions/api/customers/replies.ts";
import { aShell, type Shell } from "../../support/shell.ts";

let shell: Shell;
beforeAll(async () => {
  shell = await aShell({ timeZone: "America/New_York" });
});

const aCustomer = async (over: object = {}): Promise<string> =>
  (await shell.call("POST", "/v1/customers", { billTo: { company: "Acme" }, ...over })).body.id;

const anInvoice = async (customer: string, price: number, over: object = {}) => {
  const items = [{ name: "Work", quantity: 1, price }];
  const made = await shell.call("POST", "/v1/invoices", {
    ...{ customer, items, status: "Unpaid" },
    ...over,
  });
  expect(made.status).toBe(201);
  return made.body;
};

const pay = (id: string, amount?: number) =>
  shell.call("POST", `/v1/invoices/${id}/payments`, {
    method: "Cash",
    ...(amount === undefined ? {} : { amount }),
  });

const balance = async (customer: string) =>
  (await shell.call("GET", `/v1/customers/${customer}/balance`)).body;
const journal = async (customer: string, query = "") =>
  (await shell.call("GET", `/v1/customers/${customer}/journal${query}`)).body;

test("a customer without a history owes nothing in its own currency, and has no records", async () => {
  const customer = await aCustomer({ currency: "EUR" });
  expect(await balance(customer)).toEqual({
    customer,
    balances: [{ currency: "EUR", outstanding: 0, unapplied: 0, credit: 0 }],
    retainers: [],
  });
  expect(await journal(customer)).toMatchObject({ docs: [], total: 0, pages: 0, next: null });
});

test("the balance tells per currency what is owed and paid ahead, and by which retainers", async () => {
  const customer = await aCustomer();
  const retainer = await anInvoice(customer, 500, { isRetainer: true });
  await pay(retainer.id);
  await anInvoice(customer, 320.5);
  await anInvoice(customer, 900, { currency: "JPY" });
  const body = await balance(customer);
  expect(balanceReply.parse(body)).toEqual(body);
  expect(body).toEqual({
    customer,
    balances: [
      { currency: "JPY", outstanding: 900, unapplied: 0, credit: 0 },
      { currency: "USD", outstanding: 0, unapplied: 179.5, credit: 0 },
    ],
    retainers: [
      {
        ...{ id: retainer.id, number: retainer.number, currency: "USD" },
        ...{ funded: 500, drawn: 320.5, refunded: 0, remaining: 179.5 },
        drawStatus: "PartiallyDrawn",
      },
    ],
  });
});

test("the journal is a hash chain that anybody can check from the answers alone", async () => {
  const customer = await aCustomer();
  const invoice = await anInvoice(customer, 100);
  await pay(invoice.id, 40);
  await shell.call("POST", `/v1/invoices/${invoice.id}/cancel`, { reason: "mistake" });
  const body = await journal(customer);
  expect(journalReply.parse(body)).toEqual(body);
  let previousHash = "0".repeat(64);
  for (const [index, { hash, ...record }] of body.docs.entries()) {
    expect(record).toMatchObject({ seq: index + 1, previousHash });
    expect(hash).toBe(
      createHash("sha256")
        .update(canonicalize(record) ?? "")
        .digest("hex"),
    );
    previousHash = hash;
  }
  const last = body.docs.at(-1);
  expect(last.balances).toEqual({ USD: { outstanding: 0, unapplied: 40, credit: 0 } });
  for (const { postings } of body.docs) {
    const cents = postings.map(({ amount }: { amount: number }) => Math.round(amount * 100));
    expect(cents.reduce((sum: number, amount: number) => sum + amount, 0)).toBe(0);
  }
});

test("the journal is read oldest first, by page and by cursor", async () => {
  const customer = await aCustomer();
  for (let n = 1; n <= 5; n += 1) await anInvoice(customer, n);
  const first = await journal(customer, "?limit=2");
  expect(first).toMatchObject({ docs: [{ seq: 1 }, { seq: 2 }], total: 5, pages: 3, page: 1 });
  const second = await journal(customer, `?limit=2&after=${first.next}`);
  expect(second.docs).toMatchObject([{ seq: 3 }, { seq: 4 }]);
  const third = await journal(customer, "?limit=2&page=3");
  expect(third).toMatchObject({ docs: [{ seq: 5 }], total: 5, next: null });
  const beyond = await journal(customer, "?limit=2&page=9");
  expect(beyond).toMatchObject({ docs: [], total: 5 });
});

test("days of the journal are the agency's, and both belong to the range", async () => {
  const customer = await aCustomer();
  // 03:30 UTC on 6 March is still 5 March in New York.
  shell.clock.set("2027-03-06T03:30:00.000Z");
  await anInvoice(customer, 5);
  shell.clock.set("2027-03-06T12:00:00.000Z");
  await anInvoice(customer, 6);
  shell.clock.set("2027-03-07T12:00:00.000Z");
  await anInvoice(customer, 7);
  const seqs = async (query: string) =>
    (await journal(customer, query)).docs.map(({ seq }: { seq: number }) => seq);
  expect(await seqs("?from=2027-03-05&to=2027-03-05")).toEqual([1]);
  expect(await seqs("?from=2027-03-06")).toEqual([2, 3]);
  expect(await seqs("?to=2027-03-06")).toEqual([1, 2]);
  expect((await journal(customer, "?from=2027-03-06&limit=1")).total).toBe(2);
});

test("the journal of one currency shows what moved in it, also of an invoice that left it", async () => {
  const customer = await aCustomer();
  const dollars = await anInvoice(customer, 10);
  await anInvoice(customer, 10, { currency: "EUR" });
  await shell.call("PATCH", `/v1/invoices/${dollars.id}`, {
    currency: "EUR",
    items: [{ name: "Work", quantity: 1, price: 9 }],
  });
  const seqs = async (currency: string) =>
    (await journal(customer, `?currency=${currency}`)).docs.map(({ seq }: { seq: number }) => seq);
  expect(await seqs("USD")).toEqual([1, 3]);
  expect(await seqs("EUR")).toEqual([2, 3]);
  expect(await seqs("CHF")).toEqual([]);
});

describe("a query that can't be is refused", () => {
  test.each([
    ["a day that isn't", "from=2027-02-30"],
    ["a currency that isn't", "currency=XXX"],
    ["a page before the first", "page=0"],
    ["more than a page holds", "limit=101"],
    ["a forged cursor", "after=abc"],
    ["an unknown filter", "colour=red"],
  ])("%s", async (_name, query) => {
    const customer = await aCustomer();
    const answer = await shell.call("GET", `/v1/customers/${customer}/journal?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { code: "request.invalid" } });
  });

  test("a cursor of another customer's journal", async () => {
    const [customer, elsewhere] = [await aCustomer(), await aCustomer()];
    for (let n = 1; n <= 2; n += 1) await anInvoice(customer, n);
    const { next } = await journal(customer, "?limit=1");
    const path = `/v1/customers/${elsewhere}/journal?limit=1&after=${next}`;
    expect((await shell.call("GET", path)).status).toBe(400);
  });
});
