import { expect, test } from "vitest";
import { topUpRetainer } from "../../../functions/consumers/balance-changed-top-up.ts";
import { aTimeWorld, type Json, type TimeWorld } from "./world.ts";

const rule = (world: TimeWorld, customer: string, over: object = {}) =>
  world.call("PUT", `/v1/customers/${customer}/top-up?currency=USD`, {
    ...{ threshold: 0, amount: 5000, action: "request" },
    ...over,
  });

const fund = (world: TimeWorld, customer: string, amount: number) =>
  world.call("POST", "/v1/payments", { customer, amount, currency: "USD", method: "Cash" });

const bill = (world: TimeWorld, customer: string, price: number) =>
  world.call("POST", "/v1/invoices", {
    customer,
    items: [{ name: "Work", quantity: 1, price }],
    status: "Unpaid",
  });

const retainersOf = async (world: TimeWorld, customer: string): Promise<Json[]> =>
  (await world.get(`/v1/invoices?customer=${customer}&isRetainer=true`)).docs;

test("when the balance falls to the threshold the next retainer is asked for by mail", async () => {
  const world = await aTimeWorld();
  const customer = await world.customer();
  expect(await rule(world, customer)).toMatchObject({ status: 200, body: { isArmed: false } });
  await world.settle();
  expect(await retainersOf(world, customer)).toEqual([]);
  await fund(world, customer, 5000);
  await bill(world, customer, 3200);
  await world.settle();
  expect(await retainersOf(world, customer)).toEqual([]);
  await bill(world, customer, 2500);
  await world.settle();
  expect(await retainersOf(world, customer)).toMatchObject([
    { number: "RET-0001", total: 5000, status: "Unpaid" },
  ]);
  const subjects = await world.subjects();
  expect(subjects.filter((one) => /Retainer request RET-0001/.test(one))).toHaveLength(1);
  expect(subjects.filter((one) => /Top-up for Acme/.test(one))).toHaveLength(1);
  await world.expectPromisesKept(customer);
});

test("ten applications that cross the threshold at once cause one top-up, in any order", async () => {
  const world = await aTimeWorld();
  const customer = await world.customer();
  await rule(world, customer, { threshold: 500, lowBalance: 600 });
  await fund(world, customer, 1000);
  await Promise.all(Array.from({ length: 10 }, () => bill(world, customer, 100)));
  await world.settle({ copies: 3, shuffled: true });
  expect(await retainersOf(world, customer)).toHaveLength(1);
  const low = world.shell.published.filter(({ type }) => type === "retainer.low");
  expect(new Set(low.map(({ id }) => id)).size).toBe(1);
  await world.expectPromisesKept(customer);
});

test("while its retainer is unpaid there is no other, and it is armed again only above the threshold", async () => {
  const world = await aTimeWorld();
  const customer = await world.customer();
  await rule(world, customer, { threshold: 100, amount: 1000 });
  await fund(world, customer, 300);
  await bill(world, customer, 300);
  await world.settle();
  expect(await retainersOf(world, customer)).toHaveLength(1);
  await fund(world, customer, 150);
  await world.settle();
  await bill(world, customer, 100);
  await world.settle();
  expect(await retainersOf(world, customer)).toHaveLength(1);
  const [first] = await retainersOf(world, customer);
  await world.call("POST", `/v1/invoices/${first.id}/payments`, { method: "Cash" });
  await world.settle();
  await bill(world, customer, 1000);
  await world.settle();
  expect(await retainersOf(world, customer)).toHaveLength(2);
});

test("with action charge the saved card brings it, up to the monthly cap and once a day", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod();
  await rule(world, customer, { amount: 1000, action: "charge", monthlyCap: 2500 });
  await fund(world, customer, 100);
  await bill(world, customer, 100);
  await world.pass("2027-03-01T10:00:00.000Z");
  expect(await retainersOf(world, customer)).toMatchObject([
    { status: "Paid", retainer: { funded: 1000, remaining: 1000 } },
  ]);
  expect((await world.subjects()).filter((one) => /Retainer top-up/.test(one))).toHaveLength(1);
  await bill(world, customer, 1000);
  await world.pass("2027-03-01T11:00:00.000Z");
  const [second] = await retainersOf(world, customer);
  expect(second).toMatchObject({ status: "Unpaid" });
  await world.call("POST", `/v1/invoices/${second.id}/payments`, { method: "Cash" });
  await world.pass("2027-03-05T00:00:00.000Z");
  await bill(world, customer, 1000);
  await world.pass("2027-03-05T01:00:00.000Z");
  expect((await retainersOf(world, customer))[0]).toMatchObject({ status: "Paid" });
  await world.pass("2027-03-06T00:00:00.000Z");
  await bill(world, customer, 1000);
  await world.pass("2027-03-06T01:00:00.000Z");
  expect((await retainersOf(world, customer))[0]).toMatchObject({ status: "Unpaid" });
  await world.expectPromisesKept(customer);
});

test("the agency's own setting asks customers that have no rule", async () => {
  const world = await aTimeWorld();
  const retainer = { topUp: { threshold: 100, amount: 700 }, lowBalance: 200 };
  await world.call("PATCH", "/v1/agency", { settings: { retainer } });
  const customer = await world.customer();
  await fund(world, customer, 1000);
  await world.settle();
  await bill(world, customer, 850);
  await world.settle();
  expect(await world.subjects()).toContainEqual(
    expect.stringMatching(/^ann@acme.test: Retainer at .*left/),
  );
  expect(await retainersOf(world, customer)).toEqual([]);
  await bill(world, customer, 100);
  await world.settle();
  expect(await retainersOf(world, customer)).toMatchObject([{ total: 700 }]);
  expect((await world.get(`/v1/customers/${customer}/top-up`)).isDefault).toBe(true);
});

test("a setting that is younger than the money hears of the next dip", async () => {
  const world = await aTimeWorld();
  const customer = await world.customer();
  await fund(world, customer, 1000);
  await world.settle();
  const retainer = { topUp: { threshold: 100, amount: 700 }, lowBalance: 200 };
  await world.call("PATCH", "/v1/agency", { settings: { retainer } });
  await world.settle();
  expect(await retainersOf(world, customer)).toEqual([]);
  await bill(world, customer, 950);
  await world.settle({ copies: 2, shuffled: true });
  expect(await retainersOf(world, customer)).toMatchObject([{ total: 700, status: "Unpaid" }]);
  expect(world.typesOf().filter((type) => type === "retainer.low")).toHaveLength(1);
});

test("a rule that is taken away leaves the agency's, which asks at the first dip after it", async () => {
  const world = await aTimeWorld();
  const retainer = { topUp: { threshold: 100, amount: 700 } };
  await world.call("PATCH", "/v1/agency", { settings: { retainer } });
  const customer = await world.customer();
  await rule(world, customer);
  await fund(world, customer, 1000);
  await world.settle();
  await world.call("DELETE", `/v1/customers/${customer}/top-up?currency=USD`, {});
  expect(await world.get(`/v1/customers/${customer}/top-up?currency=USD`)).toMatchObject({
    ...{ isDefault: true, isArmed: true },
  });
  await bill(world, customer, 950);
  await world.settle();
  expect(await retainersOf(world, customer)).toMatchObject([{ total: 700, status: "Unpaid" }]);
});

test("without its own rule a customer isn't topped up for an old dip, though its events come again", async () => {
  const world = await aTimeWorld();
  const retainer = { topUp: { threshold: 100, amount: 700 }, lowBalance: null };
  await world.call("PATCH", "/v1/agency", { settings: { retainer } });
  const customer = await world.customer();
  await rule(world, customer);
  await fund(world, customer, 1000);
  await bill(world, customer, 1000);
  await world.settle();
  const [asked] = await retainersOf(world, customer);
  await world.call("POST", `/v1/invoices/${asked.id}/cancel`, { reason: "Not now" });
  const path = `/v1/customers/${customer}/top-up?currency=USD`;
  expect(await world.call("DELETE", path, {})).toMatchObject({ status: 204 });
  await world.settle();
  const received = world.shell.published.filter(({ type }) => type === "payment.received");
  expect(received).toHaveLength(1);
  for (const envelope of received) await topUpRetainer.run(world.shell.deps, envelope);
  expect(await retainersOf(world, customer)).toMatchObject([{ id: asked.id }]);
});

test.each([
  ["neither amount nor target", { amount: null }, "#/amount"],
  ["a target below the threshold", { amount: null, target: 5, threshold: 10 }, "#/target"],
  ["a charge without a cap", { action: "charge" }, "#/monthlyCap"],
  ["a threshold below 0", { threshold: -1 }, "#/threshold"],
] as const)("refuses %s", async (_name, over, pointer) => {
  const world = await aTimeWorld();
  const customer = await world.customer();
  const refused = await rule(world, customer, over);
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  expect((await world.call("GET", `/v1/customers/${customer}/top-up`)).status).toBe(404);
});
