import { expect, test } from "vitest";
import { cards } from "../stripe/world.ts";
import { aTimeWorld, failing, type Json } from "./world.ts";

const onlyInvoice = async (world: { get(path: string): Promise<Json> }, id: string) =>
  (await world.get(`/v1/recurring-invoices/${id}/invoices`)).docs[0];

test("an auto-billed invoice is charged on its due day, once, for what the retainer left of it", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod();
  await world.call("POST", "/v1/payments", {
    ...{ customer, amount: 30, currency: "USD", method: "Cash" },
  });
  const { id } = await world.recurring(customer, { autoBill: "always", dueDays: 5, cycles: 1 });
  await world.pass("2027-04-05T00:00:00.000Z");
  expect(await onlyInvoice(world, id)).toMatchObject({ status: "Partial", balance: 70 });
  await world.pass("2027-04-20T00:00:00.000Z");
  expect(await onlyInvoice(world, id)).toMatchObject({ status: "Paid", paid: 100 });
  const payments = await world.paymentsOf(customer);
  expect(payments.filter(({ source }) => source === "auto")).toMatchObject([
    { amount: 70, status: "Succeeded", receivedAt: "2027-04-06T06:00:00.000Z" },
  ]);
  expect((await world.subjects()).filter((one) => /Reminder/.test(one))).toEqual([]);
  await world.expectPromisesKept(customer);
});

test("a declined charge is tried again 1, 3 and 5 days after the first failure, and then left", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod(failing);
  const { id } = await world.recurring(customer, {
    ...{ autoBill: "always", autoBillOn: "issue", cycles: 1, dueDays: 60 },
  });
  await world.pass("2027-04-20T00:00:00.000Z");
  const failed = (await world.paymentsOf(customer)).filter(({ status }) => status === "Failed");
  expect(failed.map(({ createdAt }) => createdAt.slice(0, 16)).sort()).toEqual([
    "2027-04-01T06:00",
    "2027-04-02T06:00",
    "2027-04-04T06:00",
    "2027-04-06T06:00",
  ]);
  expect(await world.get(`/v1/recurring-invoices/${id}`)).toMatchObject({
    lastError: { code: "generic_decline", detail: "It is not tried again." },
  });
  expect(await onlyInvoice(world, id)).toMatchObject({ status: "Unpaid", balance: 100 });
  const subjects = await world.subjects();
  expect(subjects.filter((one) => /ann@acme.test: Failed payment/.test(one))).toHaveLength(4);
  expect(subjects.filter((one) => /north.test: A charge to Acme failed/.test(one))).toHaveLength(4);
  await world.expectPromisesKept(customer);
});

test("another card heals it: the next try pays, and the schedule says no error any more", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod(failing);
  const { id } = await world.recurring(customer, { autoBill: "always", autoBillOn: "issue" });
  await world.pass("2027-04-01T12:00:00.000Z");
  const invoice = await onlyInvoice(world, id);
  await world.attach(customer, "pm_card_mastercard");
  await world.pass("2027-04-02T12:00:00.000Z");
  expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({ status: "Paid" });
  expect(await world.get(`/v1/recurring-invoices/${id}`)).toMatchObject({ lastError: null });
  await world.expectPromisesKept(customer);
});

test("asked-for authentication is mailed and not tried again", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod("pm_card_authenticationRequired");
  const { id } = await world.recurring(customer, {
    ...{ autoBill: "always", autoBillOn: "issue", cycles: 1, dueDays: 60 },
  });
  await world.pass("2027-04-20T00:00:00.000Z");
  const failed = (await world.paymentsOf(customer)).filter(({ status }) => status === "Failed");
  expect(failed).toHaveLength(1);
  expect((await world.get(`/v1/recurring-invoices/${id}`)).lastError).toMatchObject({
    code: "authentication_required",
    detail: "It is not tried again.",
  });
});

test("without a saved method nothing is tried: contact and staff are told", async () => {
  const world = await aTimeWorld();
  const customer = await world.customer();
  const { id } = await world.recurring(customer, {
    ...{ autoBill: "always", autoBillOn: "issue", cycles: 1, dueDays: 60 },
  });
  await world.pass("2027-04-10T00:00:00.000Z");
  expect(await world.paymentsOf(customer)).toEqual([]);
  expect(await world.get(`/v1/recurring-invoices/${id}`)).toMatchObject({
    lastError: { code: "payment-method.not-found" },
  });
  const subjects = await world.subjects();
  expect(subjects).toContainEqual(
    expect.stringMatching(/ann@acme.test: Failed payment for invoice/),
  );
  expect(subjects).toContainEqual(expect.stringMatching(/Acme could not be charged/));
});

test("the contact's own switch is heard until the moment of charging", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod();
  const { id } = await world.recurring(customer, { autoBill: "optOut", dueDays: 5, cycles: 1 });
  await world.pass("2027-04-03T00:00:00.000Z");
  const { loadSchedule, saveSchedule } = await import(
    "../../../domain/recurring/recurring.store.ts"
  );
  const { chooseAutoBill } = await import("../../../domain/recurring/recurring.ts");
  const { commit } = await import("../../../functions/kit/commit.ts");
  const schedule = await loadSchedule(world.tenant, id);
  const off = schedule && chooseAutoBill(schedule, false, world.shell.clock.now());
  if (!off?.ok) throw new Error("it can be switched");
  await commit(world.tenant, [saveSchedule(world.tenant, off.recurring)]);
  await world.pass("2027-04-20T00:00:00.000Z");
  expect(await onlyInvoice(world, id)).toMatchObject({ status: "Unpaid" });
  const charged = (await world.paymentsOf(customer)).filter(({ source }) => source === "auto");
  expect(charged).toEqual([]);
});

const awaited = async (card: string) => {
  const world = await aTimeWorld();
  const customer = await world.withMethod();
  const { id } = await world.recurring(customer, { autoBill: "always", dueDays: 5, cycles: 1 });
  await world.pass("2027-04-05T12:00:00.000Z");
  const invoice = await onlyInvoice(world, id);
  await world.pay(await world.checkout(invoice.id), card);
  await world.pass("2027-04-07T12:00:00.000Z");
  expect(await onlyInvoice(world, id)).toMatchObject({ status: "Pending" });
  await world.pass("2027-04-20T00:00:00.000Z");
  expect(await onlyInvoice(world, id)).toMatchObject({ status: "Paid", paid: 100 });
  const payments = await world.paymentsOf(customer);
  await world.expectPromisesKept(customer);
  return payments.filter(({ amount }) => amount === 100);
};

test("a charge waits while a bank debit is on its way, and is made the morning after it failed", async () => {
  const payments = await awaited(cards.debitFails);
  expect(payments).toHaveLength(2);
  expect(payments).toMatchObject([
    { source: "auto", status: "Succeeded", createdAt: "2027-04-09T06:00:00.000Z" },
    { status: "Failed" },
  ]);
});

test("a charge is not made once the bank debit that it waited for has paid", async () => {
  expect(await awaited(cards.debit)).toMatchObject([{ status: "Succeeded", method: "BankDebit" }]);
});
