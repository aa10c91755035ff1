import { expect, test } from "vitest";
import { aShell } from "../../support/shell.ts";
import { aStripeWorld, cards } from "../stripe/world.ts";

const retainer = {
  isRetainer: true,
  status: "Unpaid",
  customer: { billTo: { company: "Acme" } },
  items: [{ name: "Monthly retainer", quantity: 1, price: 500 }],
};

test("a retainer whose only payment was voided is counted as unpaid again", async () => {
  const { call, deliver } = await aShell();
  const { id } = (await call("POST", "/v1/invoices", retainer)).body;
  const paid = await call("POST", `/v1/invoices/${id}/payments`, { method: "Cash" });
  await deliver();
  const total = async (status: string) =>
    (await call("GET", `/v1/invoices?status=${status}`)).body.total;
  expect([await total("Paid"), await total("Unpaid")]).toEqual([1, 0]);
  await call("POST", `/v1/payments/${paid.body.id}/void`, { reason: "Typed twice" });
  await deliver();
  expect([await total("Paid"), await total("Unpaid")]).toEqual([0, 1]);
});

test("a quote that staff convert is told of, and counted as converted", async () => {
  const { call, deliver, published } = await aShell();
  const { customer, items } = retainer;
  const { id } = (await call("POST", "/v1/quotes", { customer, items })).body;
  await call("POST", `/v1/quotes/${id}/mark-sent`, {});
  await deliver();
  const total = async (status: string) =>
    (await call("GET", `/v1/quotes?status=${status}`)).body.total;
  expect([await total("Sent"), await total("Converted")]).toEqual([1, 0]);
  expect((await call("POST", `/v1/quotes/${id}/convert`, {})).status).toBe(201);
  await deliver();
  expect(published.filter(({ type }) => type === "quote.converted")).toMatchObject([
    { subject: id },
  ]);
  expect([await total("Sent"), await total("Converted")]).toEqual([0, 1]);
});

test("a retainer that was refunded while a bank debit was on its way is counted as refunded", async () => {
  const world = await aStripeWorld();
  const { call, settle, shell } = world;
  const customer = await world.customer();
  const { id } = await world.document({ customer, amount: 100, isRetainer: true });
  const cash = { method: "Cash", amount: 40 };
  const { body: paid } = await call("POST", `/v1/invoices/${id}/payments`, cash);
  await world.pay(await world.checkout(id), cards.debit);
  await settle();
  const total = async (status: string) =>
    (await call("GET", `/v1/invoices?status=${status}`)).body.total;
  expect(await total("Pending")).toBe(1);
  await call("POST", `/v1/payments/${paid.id}/refund`, { amount: 40 });
  shell.clock.advance("P4D");
  await settle();
  expect((await call("GET", `/v1/invoices/${id}`)).body.status).toBe("Refunded");
  expect([await total("Pending"), await total("Refunded")]).toEqual([0, 1]);
});
