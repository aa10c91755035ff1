import { expect, test } from "vitest";
import { consumers } from "../../../functions/consumers/all.ts";
import { noteEndedCharge } from "../../../functions/consumers/charge-ended-note-schedule.ts";
import { tick } from "../../support/ticking.ts";
import { aTimeWorld, failing } from "./world.ts";

const prepaid = async (world: Awaited<ReturnType<typeof aTimeWorld>>, customer: string) =>
  (await world.paymentsOf(customer)).filter(({ source }) => source === "prepayment").reverse();

test("each cycle is an off-session charge whose money waits unapplied", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod();
  const { id } = await world.prepayment(customer, { cycles: 3 });
  await world.pass("2027-04-30T00:00:00.000Z");
  expect(await prepaid(world, customer)).toMatchObject([
    { amount: 250, unapplied: 250, status: "Succeeded", receivedAt: "2027-03-08T06:00:00.000Z" },
    { unapplied: 250, receivedAt: "2027-03-15T06:00:00.000Z" },
    { unapplied: 250, receivedAt: "2027-03-22T06:00:00.000Z" },
  ]);
  expect(await world.get(`/v1/prepayments/${id}`)).toMatchObject({
    status: "Completed",
    cyclesLeft: 0,
    nextOn: null,
    skipped: 0,
  });
  const types = world.typesOf();
  expect(types.filter((type) => type === "prepayment.charged")).toHaveLength(3);
  expect(types.filter((type) => type === "prepayment.completed")).toHaveLength(1);
  await world.expectPromisesKept(customer);
});

test("after an outage the newest cycle alone is charged; the others are noted and use none up", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod();
  const { id } = await world.prepayment(customer, { frequency: "daily", cycles: 5 });
  await world.pass("2027-03-09T00:00:00.000Z");
  world.shell.clock.set("2027-03-19T05:00:00.000Z");
  await world.pass("2027-03-19T05:30:00.000Z");
  const payments = await prepaid(world, customer);
  expect(payments.map(({ receivedAt }) => receivedAt.slice(0, 10))).toEqual([
    "2027-03-08",
    "2027-03-19",
  ]);
  expect(await world.get(`/v1/prepayments/${id}`)).toMatchObject({
    status: "Active",
    cyclesLeft: 3,
    nextOn: "2027-03-19",
    skipped: 9,
  });
  expect(world.shell.published.filter(({ type }) => type === "prepayment.skipped")).toMatchObject([
    { data: { skipped: 9 } },
  ]);
});

test("a failed cycle is tried again and the schedule keeps running", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod(failing);
  const { id } = await world.prepayment(customer, { cycles: 2 });
  await world.pass("2027-03-31T00:00:00.000Z");
  const days = (await prepaid(world, customer)).map(({ createdAt }) => createdAt.slice(5, 10));
  expect(days).toEqual([
    ...["03-08", "03-09", "03-11", "03-13"],
    ...["03-15", "03-16", "03-18", "03-20"],
  ]);
  expect(await world.get(`/v1/prepayments/${id}`)).toMatchObject({
    status: "Completed",
    lastError: { code: "generic_decline" },
  });
  await world.expectPromisesKept(customer);
});

test("a failure that is told after the next cycle was charged is not tried again beside it", async () => {
  const world = await aTimeWorld();
  const { shell } = world;
  const customer = await world.withMethod(failing);
  await world.prepayment(customer, { frequency: "daily" });
  const to = consumers.filter((one) => one !== noteEndedCharge);
  for (const day of ["08", "09"]) {
    shell.clock.set(`2027-03-${day}T06:00:00.000Z`);
    await tick(shell.deps);
    await world.settle({ to });
  }
  const failures = shell.published.filter(({ type }) => type === "payment.failed");
  expect(failures).toHaveLength(2);
  for (const envelope of failures) {
    await noteEndedCharge.run(shell.deps, envelope);
    expect(await tick(shell.deps)).toBe(0);
  }
  expect(await prepaid(world, customer)).toHaveLength(2);
});

test("paused it charges nothing; resumed with catching up it charges once, without it later", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod();
  const { id } = await world.prepayment(customer);
  await world.pass("2027-03-09T00:00:00.000Z");
  expect((await world.call("POST", `/v1/prepayments/${id}/pause`)).body.status).toBe("Paused");
  await world.pass("2027-04-02T00:00:00.000Z");
  expect(await prepaid(world, customer)).toHaveLength(1);
  const resumed = await world.call("POST", `/v1/prepayments/${id}/resume`, { catchUp: true });
  expect(resumed.body).toMatchObject({ status: "Active", nextOn: "2027-03-15" });
  await world.pass("2027-04-02T12:00:00.000Z");
  expect(await prepaid(world, customer)).toHaveLength(2);
  expect(await world.get(`/v1/prepayments/${id}`)).toMatchObject({
    nextOn: "2027-04-05",
    skipped: 2,
  });
  await world.call("POST", `/v1/prepayments/${id}/pause`);
  await world.pass("2027-04-20T00:00:00.000Z");
  const later = await world.call("POST", `/v1/prepayments/${id}/resume`, { catchUp: false });
  expect(later.body).toMatchObject({ nextOn: "2027-04-26", skipped: 5 });
  await world.call("POST", `/v1/prepayments/${id}/cancel`);
  await world.pass("2027-05-20T00:00:00.000Z");
  expect(await prepaid(world, customer)).toHaveLength(2);
});

test("when Stripe is disconnected it pauses, and staff are told", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod();
  const { id } = await world.prepayment(customer);
  const { loadAgency, saveAgency } = await import("../../../domain/agencies/agency.store.ts");
  const { commit } = await import("../../../functions/kit/commit.ts");
  const agency = await loadAgency(world.tenant);
  const gone = { ...agency, stripe: null, version: agency.version + 1 };
  await commit(world.tenant, [saveAgency(world.tenant, gone)]);
  await world.pass("2027-03-09T00:00:00.000Z");
  expect(await world.get(`/v1/prepayments/${id}`)).toMatchObject({
    status: "Paused",
    lastError: { code: "stripe.not-connected" },
  });
  expect(await prepaid(world, customer)).toEqual([]);
  expect(await world.subjects()).toContainEqual(
    expect.stringMatching(/schedule of Acme was paused/),
  );
});

test.each([
  ["no cycles", { cycles: 0 }, 400, "#/cycles"],
  ["a start in the past without a word about it", { startOn: "2027-02-01" }, 400, "#/catchUp"],
  ["a day that doesn't exist", { startOn: "2027-02-30" }, 400, "#/startOn"],
  ["an unknown frequency", { frequency: "hourly" }, 400, "#/frequency"],
  ["an amount below what Stripe takes", { amount: 0.1 }, 422, undefined],
  ["a method that the customer doesn't have", { paymentMethod: "pm_other" }, 404, undefined],
] as const)("refuses %s, and nothing is planned", async (_name, over, status, pointer) => {
  const world = await aTimeWorld();
  const customer = await world.withMethod();
  const body = { customer, amount: 250, frequency: "weekly", startOn: "2027-03-08", ...over };
  const refused = await world.call("POST", "/v1/prepayments", body);
  expect(refused.status).toBe(status);
  if (pointer) expect(refused.body.errors[0].pointer).toBe(pointer);
  expect((await world.get("/v1/prepayments")).docs).toEqual([]);
});
