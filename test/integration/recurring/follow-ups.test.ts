import { expect, test } from "vitest";
import { planDueAnew } from "../../../functions/consumers/agency-updated-plan-due.ts";
import { aTimeWorld, type TimeWorld } from "./world.ts";

const told = (world: TimeWorld, type: string): string[] =>
  world.shell.published.filter((one) => one.type === type).map(({ at }) => at.slice(0, 16));

async function anInvoice(world: TimeWorld, over: object = {}): Promise<string> {
  const customer = await world.customer();
  const items = [{ name: "Work", quantity: 1, price: 100 }];
  const made = await world.call("POST", "/v1/invoices", { customer, items, ...over });
  await world.call("POST", `/v1/invoices/${made.body.id}/send`, {});
  return made.body.id;
}

test("an open invoice is reminded of before and after its due day, and overdue once", async () => {
  const world = await aTimeWorld({ timeZone: "America/New_York" });
  const id = await anInvoice(world);
  await world.pass("2027-04-30T00:00:00.000Z");
  expect(told(world, "invoice.reminded")).toEqual([
    "2027-03-12T11:00",
    "2027-03-18T10:00",
    "2027-03-25T10:00",
  ]);
  expect(told(world, "invoice.overdue")).toEqual(["2027-03-16T04:00"]);
  const mails = (await world.subjects()).filter((one) => /Reminder of/.test(one));
  expect(mails).toHaveLength(3);
  expect(mails[1]).toMatch(/overdue by 3 days/);
  await world.call("PATCH", `/v1/invoices/${id}`, { notes: "changed" });
  await world.pass("2027-05-30T00:00:00.000Z");
  expect(told(world, "invoice.reminded")).toHaveLength(3);
});

test("what is paid is reminded of no more; what opens again is", async () => {
  const world = await aTimeWorld();
  const id = await anInvoice(world);
  const paid = await world.call("POST", `/v1/invoices/${id}/payments`, { method: "Cash" });
  await world.pass("2027-03-16T12:00:00.000Z");
  expect(told(world, "invoice.reminded")).toEqual([]);
  const applications = paid.body.applications.map((one: { id: string }) => one.id);
  await world.call("POST", `/v1/payments/${paid.body.id}/unapply`, { applications });
  await world.pass("2027-03-30T00:00:00.000Z");
  expect(told(world, "invoice.reminded")).toEqual(["2027-03-18T06:00", "2027-03-25T06:00"]);
  expect(told(world, "invoice.overdue")).toHaveLength(1);
});

test("reminders that an outage held up are left out; the next one comes", async () => {
  const world = await aTimeWorld();
  await anInvoice(world);
  world.shell.clock.set("2027-03-21T12:00:00.000Z");
  await world.pass("2027-04-30T00:00:00.000Z");
  expect(told(world, "invoice.reminded")).toEqual(["2027-03-25T06:00"]);
  expect(told(world, "invoice.overdue")).toEqual(["2027-03-21T12:00"]);
});

test("a late fee is added once, to the books as to the paper", async () => {
  const world = await aTimeWorld();
  const lateFee = { type: "percent", value: 2.5, days: 7 };
  await world.call("PATCH", "/v1/agency", { settings: { lateFee, reminders: [] } });
  const id = await anInvoice(world);
  await world.pass("2027-04-30T00:00:00.000Z");
  const invoice = await world.get(`/v1/invoices/${id}`);
  expect(invoice).toMatchObject({
    ...{ total: 102.5, balance: 102.5, extraTotal: 2.5 },
    extraCharges: [{ name: "Late fee", amount: 2.5 }],
  });
  expect(told(world, "invoice.late-fee")).toEqual(["2027-03-22T06:00"]);
  expect(await world.subjects()).toContainEqual(expect.stringMatching(/Late fee on invoice/));
  await world.call("POST", `/v1/invoices/${id}/cancel`, { reason: "goodwill" });
  const { balances } = await world.get(`/v1/customers/${invoice.customer}/balance`);
  expect(balances).toMatchObject([{ outstanding: 0 }]);
  await world.expectPromisesKept(invoice.customer);
});

test("a quote is valid through its last day, and its expiry is told once", async () => {
  const world = await aTimeWorld();
  const customer = await world.customer();
  const items = [{ name: "Work", quantity: 1, price: 100 }];
  const made = await world.call("POST", "/v1/quotes", {
    customer,
    items,
    validUntil: "2027-03-05",
  });
  await world.call("POST", `/v1/quotes/${made.body.id}/send`, {});
  await world.pass("2027-03-20T00:00:00.000Z");
  expect(told(world, "quote.expired")).toEqual(["2027-03-06T00:00"]);
  expect((await world.get(`/v1/quotes/${made.body.id}`)).status).toBe("Expired");
});

test("its end is told though nobody had heard of the quote by then, and again after a later day", async () => {
  const world = await aTimeWorld();
  const { shell, call } = world;
  const customer = await world.customer();
  const items = [{ name: "Work", quantity: 1, price: 100 }];
  const made = await call("POST", "/v1/quotes", { customer, items, validUntil: "2027-03-05" });
  await call("POST", `/v1/quotes/${made.body.id}/mark-sent`, {});
  shell.clock.set("2027-03-07T10:00:00.000Z");
  await world.pass("2027-03-09T00:00:00.000Z");
  await call("PATCH", `/v1/quotes/${made.body.id}`, { header: "Dear Ann" });
  await world.pass("2027-03-10T00:00:00.000Z");
  expect(told(world, "quote.expired")).toEqual(["2027-03-07T10:00"]);
  await call("PATCH", `/v1/quotes/${made.body.id}`, { validUntil: "2027-03-12" });
  await world.pass("2027-03-20T00:00:00.000Z");
  expect(told(world, "quote.expired")).toEqual(["2027-03-07T10:00", "2027-03-13T00:00"]);
});

test.each([
  [0, [5_000]],
  [4_200, [800]],
  [5_000, []],
])(
  "another zone is looked up in lists that have caught up: %i ms after the change",
  async (ageMs, waits) => {
    const { shell } = await aTimeWorld();
    await shell.call("PATCH", "/v1/agency", { settings: { timeZone: "Asia/Tokyo" } });
    await shell.deliver();
    const changed = shell.published.find(({ type }) => type === "agency.updated");
    if (!changed) throw new Error("nobody told of the change");
    const waited: number[] = [];
    const now = () => new Date(Date.parse(changed.at) + ageMs).toISOString();
    const wait = async (ms: number) => void waited.push(ms);
    await planDueAnew.run({ ...shell.deps, now, wait }, changed);
    expect(waited).toEqual(waits);
  },
);

test("what is left of a credit is taken back after its last day", async () => {
  const world = await aTimeWorld();
  const customer = await world.customer();
  const terms = { customer, amount: 50, currency: "USD", expiresOn: "2027-03-10" };
  const credit = (await world.call("POST", "/v1/credits", terms)).body.id;
  await world.call("POST", `/v1/credits/${credit}/issue`, {});
  await world.pass("2027-03-10T23:00:00.000Z");
  expect(await world.get(`/v1/credits/${credit}`)).toMatchObject({ balance: 50 });
  await world.pass("2027-03-11T01:00:00.000Z");
  expect(await world.get(`/v1/credits/${credit}`)).toMatchObject({ status: "Void", balance: 0 });
  await world.expectPromisesKept(customer);
});

test("a planned send issues, draws and mails on its day, unless it was taken back", async () => {
  const world = await aTimeWorld();
  const customer = await world.customer();
  const items = [{ name: "Work", quantity: 1, price: 100 }];
  const ids = await Promise.all(
    [1, 2].map(async () => (await world.call("POST", "/v1/invoices", { customer, items })).body.id),
  );
  for (const id of ids) {
    await world.call("POST", `/v1/invoices/${id}/send`, { date: "2027-03-09", subject: "Ours" });
  }
  await world.call("DELETE", `/v1/invoices/${ids[1]}/send`);
  await world.pass("2027-03-09T05:59:00.000Z");
  expect(await world.get(`/v1/invoices/${ids[0]}`)).toMatchObject({ status: "Draft" });
  await world.pass("2027-03-10T00:00:00.000Z");
  expect(await world.get(`/v1/invoices/${ids[0]}`)).toMatchObject({
    ...{ status: "Unpaid", number: "INV-0001", scheduledFor: null },
    sentAt: "2027-03-09T06:00:00.000Z",
  });
  expect(await world.get(`/v1/invoices/${ids[1]}`)).toMatchObject({ status: "Draft" });
  expect((await world.subjects()).filter((one) => /: Ours/.test(one))).toHaveLength(1);
});

test("other settings count for what is open already: hour, reminders and late fee", async () => {
  const world = await aTimeWorld();
  const id = await anInvoice(world);
  const schedule = await world.recurring(await world.customer(), { startOn: "2027-03-20" });
  const lateFee = { type: "amount", value: 5, days: 7 };
  const reminders = [{ when: "after", days: 2 }];
  await world.call("PATCH", "/v1/agency", { settings: { sendHour: 4, lateFee, reminders } });
  await world.pass("2027-03-30T00:00:00.000Z");
  expect(told(world, "invoice.reminded")).toEqual(["2027-03-17T04:00"]);
  expect(told(world, "invoice.late-fee")).toEqual(["2027-03-22T04:00"]);
  expect(told(world, "recurring.issued")).toEqual(["2027-03-20T04:00"]);
  expect(await world.get(`/v1/invoices/${id}`)).toMatchObject({ total: 105 });
  expect(await world.get(`/v1/recurring-invoices/${schedule.id}`)).toMatchObject({ issued: 1 });
  expect(world.shell.errors).toEqual([]);
});
