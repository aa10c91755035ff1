import { expect, test } from "vitest";
import { occurrence } from "../../../domain/recurring/frequency.ts";
import { planCardAnnouncement } from "../../../functions/consumers/payment-method-changed-plan-announcement.ts";
import { digestOf } from "../../support/digest.ts";
import { tick } from "../../support/ticking.ts";
import { aPortalOf, settings } from "../portal/world.ts";
import { aTimeWorld, type Json, type TimeWorld } from "./world.ts";

const madeDays = async (world: TimeWorld, id: string): Promise<string[]> =>
  (await world.get(`/v1/recurring-invoices/${id}/invoices?limit=100`)).docs
    .map(({ date }: Json) => date)
    .reverse();

test("another rhythm goes on from its own anchor; what was made stays", async () => {
  const world = await aTimeWorld();
  const { id } = await world.recurring(await world.customer(), { autoSend: false });
  await world.pass("2027-05-02T00:00:00.000Z");
  const change = { frequency: "weekly", startOn: "2027-05-10" };
  const changed = await world.call("PATCH", `/v1/recurring-invoices/${id}`, change);
  expect(changed).toMatchObject({ status: 200, body: { nextOn: "2027-05-10", issued: 2 } });
  await world.pass("2027-05-25T00:00:00.000Z");
  expect(await madeDays(world, id)).toEqual([
    ...["2027-04-01", "2027-05-01"],
    ...["2027-05-10", "2027-05-17", "2027-05-24"],
  ]);
  expect(world.shell.errors).toEqual([]);
});

test("another amount counts from the next occurrence on", async () => {
  const world = await aTimeWorld();
  const { id } = await world.recurring(await world.customer(), { autoSend: false });
  await world.pass("2027-04-02T00:00:00.000Z");
  const items = [{ name: "Care plan", quantity: 1, price: 120 }];
  await world.call("PATCH", `/v1/recurring-invoices/${id}`, { template: { items } });
  await world.pass("2027-05-02T00:00:00.000Z");
  const { docs } = await world.get(`/v1/recurring-invoices/${id}/invoices`);
  expect(docs.map(({ total }: Json) => total)).toEqual([120, 100]);
});

test("of an archived customer nothing is made any more: the schedule pauses and staff are told", async () => {
  const world = await aTimeWorld();
  const customer = await world.customer();
  const { id } = await world.recurring(customer, { autoSend: false });
  await world.pass("2027-04-02T00:00:00.000Z");
  const archived = await world.call("PATCH", `/v1/customers/${customer}`, { archived: true });
  expect(archived.status).toBe(200);
  await world.pass("2027-06-02T00:00:00.000Z");
  expect(await madeDays(world, id)).toEqual(["2027-04-01"]);
  expect(await world.get(`/v1/recurring-invoices/${id}`)).toMatchObject({
    status: "Paused",
    lastError: { code: "customer.archived" },
  });
  expect(await world.subjects()).toContainEqual(
    expect.stringMatching(/schedule of Acme was paused/),
  );
});

test.each([
  ["west", "Asia/Tokyo", "America/Los_Angeles"],
  ["east", "America/Los_Angeles", "Asia/Tokyo"],
  ["over the date line", "Pacific/Kiritimati", "Pacific/Niue"],
] as const)(
  "an agency that moves %s gets each occurrence once, on its day",
  async (_to, from, to) => {
    const world = await aTimeWorld({ timeZone: from });
    const { id } = await world.recurring(await world.customer(), {
      ...{ frequency: "daily", startOn: "2027-03-03", autoSend: false },
    });
    await world.pass("2027-03-05T12:00:00.000Z");
    await settings(world.shell, { timeZone: to });
    await world.pass("2027-03-09T23:00:00.000Z");
    const days = await madeDays(world, id);
    expect(days).toEqual(days.map((_, index) => occurrence("2027-03-03", "daily", index)));
    expect(days.length).toBeGreaterThanOrEqual(6);
  },
);

test("the contact switches auto-bill in the portal, where the agency lets them", async () => {
  const world = await aTimeWorld();
  const { person, visitor } = await aPortalOf(world.shell);
  const { id } = await world.recurring(person.customer, { autoBill: "optIn" });
  const path = `/portal/recurring-invoices/${id}`;
  expect(await visitor.get(path)).toMatchObject({ autoBillActive: false, mayChoose: true });
  const chosen = await visitor.call("POST", `${path}/auto-bill`, { enabled: true });
  expect(chosen).toMatchObject({ status: 200, body: { autoBillActive: true } });
  expect(await visitor.get(path)).toMatchObject({ autoBillActive: true });
  await world.settle();
  expect(world.typesOf()).toContain("recurring.auto-bill-chosen");
});

/** A charge that Stripe has made and whose webhook has not come yet. */
async function onTheWay(world: TimeWorld) {
  const customer = await world.withMethod();
  const { id } = await world.recurring(customer, {
    ...{ autoBill: "always", autoBillOn: "issue", cycles: 1 },
  });
  world.shell.clock.set("2027-04-01T06:00:00.000Z");
  await tick(world.shell.deps);
  await tick(world.shell.deps);
  await world.shell.deliver();
  const [invoice] = (await world.get(`/v1/recurring-invoices/${id}/invoices`)).docs;
  return { customer, path: `/v1/invoices/${invoice.id}` };
}

const autoPaid = async (world: TimeWorld, customer: string) =>
  (await world.paymentsOf(customer)).filter(({ source }) => source === "auto");

test.each([
  ["lowered", "PATCH", "", { items: [{ name: "Care plan", quantity: 1, price: 70 }] }],
  ["paid in cash", "POST", "/payments", { amount: 30, method: "Cash" }],
  ["canceled", "POST", "/cancel", {}],
] as const)(
  "what is being charged can't be %s before the webhook tells how it went",
  async (...row) => {
    const [, method, at, body] = row;
    const world = await aTimeWorld();
    const { customer, path } = await onTheWay(world);
    const before = await digestOf(world.shell.table, world.shell.agency.id);
    expect((await world.call(method, `${path}${at}`, body)).status).toBe(409);
    expect(await digestOf(world.shell.table, world.shell.agency.id)).toBe(before);
    expect(await autoPaid(world, customer)).toMatchObject([{ status: "Pending", amount: 100 }]);
    await world.settle();
    expect(await autoPaid(world, customer)).toMatchObject([{ status: "Succeeded", applied: 100 }]);
    expect(await world.get(path)).toMatchObject({ status: "Paid", paid: 100 });
    await world.expectPromisesKept(customer);
  },
);

test("an invoice that is changed before its charge goes out is charged for what it says then", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod();
  const { id } = await world.recurring(customer, { autoBill: "always", dueDays: 5, cycles: 1 });
  await world.pass("2027-04-03T00:00:00.000Z");
  const [{ id: invoice }] = (await world.get(`/v1/recurring-invoices/${id}/invoices`)).docs;
  const items = [{ name: "Care plan", quantity: 1, price: 70 }];
  await world.call("PATCH", `/v1/invoices/${invoice}`, { items });
  await world.pass("2027-04-08T00:00:00.000Z");
  expect(await autoPaid(world, customer)).toMatchObject([{ amount: 70, status: "Succeeded" }]);
  await world.expectPromisesKept(customer);
});

test("a card in its last month is announced once, if something is charged to it by itself", async () => {
  const world = await aTimeWorld({ now: "2034-10-01T09:00:00.000Z" });
  const [charged, idle] = [await world.withMethod(), await world.withMethod()];
  await world.prepayment(charged, { frequency: "yearly", startOn: "2035-03-01" });
  await world.pass("2034-11-30T00:00:00.000Z");
  expect(world.typesOf()).not.toContain("payment-method.expiring");
  await world.pass("2035-01-05T00:00:00.000Z");
  const told = world.shell.published.filter(({ type }) => type === "payment-method.expiring");
  expect(told).toMatchObject([{ subject: charged, data: { expMonth: 12, expYear: 2034 } }]);
  expect(told.map(({ subject }) => subject)).not.toContain(idle);
  const mails = async () =>
    (await world.subjects()).filter((one) => /card .*expire/i.test(one)).length;
  expect(await mails()).toBe(1);
  // What was told of the card comes again, late.
  const saved = world.shell.published.filter(
    ({ type, subject }) => type === "payment-method.saved" && subject === charged,
  );
  expect(saved).toHaveLength(1);
  for (const envelope of saved) await planCardAnnouncement.run(world.shell.deps, envelope);
  await world.pass("2035-01-07T00:00:00.000Z");
  expect(await mails()).toBe(1);
});
