import { beforeAll, describe, expect, test } from "vitest";
import { bookDispute } from "../../../domain/payments/forced.ts";
import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import { listApplications, loadPayment } from "../../../domain/payments/payment.store.ts";
import {
  agingReply,
  retainersReply,
  revenueReply,
  trialBalanceReply,
} from "../../../functions/api/reports/replies.ts";
import { walkJournals } from "../../../functions/api/reports/walk-journals.ts";
import { commit } from "../../../functions/kit/commit.ts";
import { aContext } from "../../support/builders.ts";
import { aShell, type Shell } from "../../support/shell.ts";

let shell: Shell;
beforeAll(async () => {
  // 03:30 UTC on 1 March is still 28 February in New York.
  shell = await aShell({ timeZone: "America/New_York", now: "2027-03-01T03:30:00.000Z" });
});

const taxes = [{ name: "VAT", rate: 19 }];

const post = async (path: string, body: object = {}) => {
  const answer = await shell.call("POST", path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};
const aCustomer = async (company: string): Promise<string> =>
  (await post("/v1/customers", { billTo: { company } })).id;
const issue = (customer: string, price: number, over: object = {}) =>
  post("/v1/invoices", {
    ...{ customer, items: [{ name: "Work", quantity: 1, price }], status: "Unpaid" },
    ...over,
  });
const report = async (name: string, query = "") => {
  const answer = await shell.call("GET", `/v1/reports/${name}${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

/** Two customers from the end of February to the end of April, with all that moves an account. */
const life = { beta: "", acme: "", retainer: "", funding: "", loose: "", late: "" };
beforeAll(async () => {
  const { clock } = shell;
  life.beta = await aCustomer("Beta");
  life.acme = await aCustomer("Acme");
  const retainer = await issue(life.acme, 5_000, { isRetainer: true });
  life.retainer = retainer.id;
  life.funding = (await post(`/v1/invoices/${retainer.id}/payments`, { method: "Cash" })).id;
  await issue(life.acme, 1_000, { taxes });
  clock.set("2027-03-10T12:00:00.000Z");
  life.late = (await issue(life.beta, 300, { dueDate: "2027-03-12" })).id;
  await issue(life.beta, 40.5, { dueDate: "2027-04-20" });
  const money = { customer: life.acme, amount: 25, currency: "USD", method: "Cash" };
  life.loose = (await post("/v1/payments", money)).id;
  clock.set("2027-04-15T12:00:00.000Z");
  await post(`/v1/invoices/${life.late}/payments`, { method: "Cash", amount: 100 });
  const credit = await post("/v1/credits", { customer: life.beta, currency: "USD", amount: 60 });
  await post(`/v1/credits/${credit.id}/issue`);
  await issue(life.beta, 7_000, { currency: "JPY" });
  clock.set("2027-04-30T12:00:00.000Z");
});

describe("the trial balance", () => {
  test("has every account with its debits and credits, and sums to nothing", async () => {
    const body = await report("trial-balance");
    expect(trialBalanceReply.parse(body)).toEqual(body);
    const row = (account: string, debit: number, credit: number, balance: number) => ({
      ...{ account, debit, credit, balance },
    });
    expect(body).toEqual({
      asOf: "2027-04-30",
      currency: "USD",
      docs: [
        row("receivable", 1_530.5, 1_290, 240.5),
        row("cash", 5_125, 0, 5_125),
        row("unapplied", 1_290, 5_125, -3_835),
        row("credits", 0, 60, -60),
        row("allowances", 60, 0, 60),
        row("revenue", 0, 1_340.5, -1_340.5),
        row("tax", 0, 190, -190),
        row("disputed", 0, 0, 0),
        row("fees", 0, 0, 0),
      ],
      totals: { debit: 8_005.5, credit: 8_005.5, balance: 0 },
    });
  });

  test("is of a day of the agency, and of one currency", async () => {
    const totals = async (query: string) => (await report("trial-balance", query)).totals;
    expect(await totals("?asOf=2027-02-27")).toEqual({ debit: 0, credit: 0, balance: 0 });
    expect(await totals("?asOf=2027-02-28")).toEqual({ debit: 7_380, credit: 7_380, balance: 0 });
    expect(await totals("?currency=JPY")).toEqual({ debit: 7_000, credit: 7_000, balance: 0 });
    expect(await totals("?currency=CHF")).toEqual({ debit: 0, credit: 0, balance: 0 });
  });
});

describe("the aging", () => {
  const ages = (query: string) => report("aging", query);

  test("tells by customer how late money is, as of any day, also what was paid since", async () => {
    const none = { current: 0, days1to30: 0, days31to60: 0, days61to90: 0, over90: 0 };
    const beta = { customer: life.beta, name: "Beta", ...none };
    const now = await ages("");
    expect(agingReply.parse(now)).toEqual(now);
    expect(now).toEqual({
      ...{ asOf: "2027-04-30", currency: "USD" },
      docs: [{ ...beta, days1to30: 40.5, days31to60: 200, outstanding: 240.5 }],
      totals: { ...none, days1to30: 40.5, days31to60: 200, outstanding: 240.5 },
    });
    const then = { ...beta, current: 40.5, days1to30: 300, outstanding: 340.5 };
    expect((await ages("?asOf=2027-04-01")).docs).toEqual([then]);
    const later = { ...beta, over90: 240.5, outstanding: 240.5 };
    expect((await ages("?asOf=2028-01-01")).docs).toEqual([later]);
    expect((await ages("?asOf=2027-03-01")).docs).toEqual([]);
  });
});

describe("the retainers", () => {
  test("tell the liability by customer and retainer, and money without one", async () => {
    const body = await report("retainers");
    expect(retainersReply.parse(body)).toEqual(body);
    const acme = { customer: life.acme, name: "Acme" };
    const kept = { retainer: life.retainer, number: "RET-0001", date: "2027-02-28" };
    expect(body).toEqual({
      ...{ asOf: "2027-04-30", currency: "USD" },
      docs: [
        { ...acme, ...kept, unapplied: 3_810 },
        { ...acme, retainer: null, number: null, date: null, unapplied: 25 },
      ],
      totals: { unapplied: 3_835 },
    });
    const before = await report("retainers", "?asOf=2027-02-28");
    expect(before.docs).toEqual([{ ...acme, ...kept, unapplied: 3_810 }]);
    expect((await report("retainers", "?asOf=2027-02-27")).docs).toEqual([]);
  });
});

describe("the revenue", () => {
  test("is told by month of the agency's zone, less what was credited", async () => {
    const body = await report("revenue");
    expect(revenueReply.parse(body)).toEqual(body);
    expect(body).toEqual({
      ...{ asOf: "2027-04-30", currency: "USD" },
      docs: [
        { month: "2027-02", revenue: 1_000, allowances: 0, net: 1_000, tax: 190 },
        { month: "2027-03", revenue: 340.5, allowances: 0, net: 340.5, tax: 0 },
        { month: "2027-04", revenue: 0, allowances: 60, net: -60, tax: 0 },
      ],
      totals: { revenue: 1_340.5, allowances: 60, net: 1_280.5, tax: 190 },
    });
    expect((await report("revenue", "?asOf=2027-03-01")).docs.length).toBe(1);
  });
});

test("a lost dispute shows as a fee what refunds had taken before", async () => {
  const own = await aShell();
  const customer = (await own.call("POST", "/v1/customers", { billTo: { company: "Acme" } })).body;
  const money = { customer: customer.id, amount: 100, currency: "USD", method: "Cash" };
  const { id } = (await own.call("POST", "/v1/payments", money)).body;
  await own.call("POST", `/v1/payments/${id}/refund`, { amount: 30 });
  const payment = await loadPayment(own.tenant, id);
  if (!payment) throw new Error("no payment");
  const decided = bookDispute(
    await loadBooks(own.tenant, { customer: customer.id, payments: [id] }),
    {
      ...{ payment, dispute: "dp_1", amount: 10_000, step: "lost" },
      newest: await listApplications(own.tenant, { payment: id }, 100),
    },
    aContext({ now: own.clock.now() }),
  );
  if (!decided?.ok) throw new Error("not booked");
  await commit(own.tenant, saveLedger(own.tenant, decided.changes));
  const { docs } = (await own.call("GET", "/v1/reports/trial-balance")).body;
  const balances = docs.map((doc: { account: string; balance: number }) => [
    doc.account,
    doc.balance,
  ]);
  expect(Object.fromEntries(balances)).toMatchObject({
    ...{ cash: -30, unapplied: 0, disputed: 0, fees: 30, receivable: 0 },
  });
});

describe.each(["aging", "retainers", "revenue", "trial-balance"])("%s", (name) => {
  const path = `/v1/reports/${name}`;

  test.each([
    ["a day that isn't", "asOf=2027-02-30", "#/asOf"],
    ["an instant for a day", "asOf=2027-02-01T00:00:00Z", "#/asOf"],
    ["a currency that isn't", "currency=XXX", "#/currency"],
    ["a currency in small letters", "currency=usd", "#/currency"],
    ["an unknown parameter", "from=2027-01-01", "#/from"],
  ])("refuses %s by its name", async (_name, query, pointer) => {
    expect(await shell.call("GET", `${path}?${query}`)).toMatchObject({
      status: 400,
      body: { code: "request.invalid", errors: [{ pointer }] },
    });
  });

  test("is for viewers, and counts nothing of another agency", async () => {
    const other = await shell.anotherAgency();
    const key = { name: "books", role: "viewer" };
    const viewer = (await other.call("POST", "/v1/api-keys", key)).body.key;
    const answer = await other.call("GET", path, undefined, { "api-key": viewer });
    expect(answer.status).toBe(200);
    const figures = Object.values(answer.body.totals);
    expect(figures.every((figure) => figure === 0)).toBe(true);
  });
});

test("a report that would read too much is refused before it reads", async () => {
  const visited: string[] = [];
  const walk = {
    until: "2999",
    matters: () => true,
    visit: async ({ name }: { name: string }) => void visited.push(name),
  };
  const refusal = { refusal: { code: "report.too-large" } };
  await expect(
    walkJournals(shell.tenant, walk, { records: 5, customers: 9 }),
  ).rejects.toMatchObject(refusal);
  await expect(
    walkJournals(shell.tenant, walk, { records: 99, customers: 1 }),
  ).rejects.toMatchObject(refusal);
  expect(visited).toEqual([]);
  await walkJournals(shell.tenant, walk, { records: 99, customers: 2 });
  expect(visited.sort()).toEqual(["Acme", "Beta"]);
});
