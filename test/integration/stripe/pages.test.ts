import { expect, test } from "vitest";
import * as z from "zod";
import { loadInvoice } from "../../../domain/billing/invoice.store.ts";
import type { Invoice } from "../../../domain/billing/invoice.ts";
import { loadIntent } from "../../../domain/payments/intent.store.ts";
import {
  type CheckoutRequest,
  checkoutSteps,
} from "../../../functions/api/payments/checkout-session.ts";
import { buildArea } from "../../../functions/kit/area.ts";
import { operationOutside } from "../../../functions/kit/execute-outside.ts";
import { route } from "../../../functions/kit/route.ts";
import { aStripeWorld, type Json, type StripeWorld } from "./world.ts";

const line = route({
  ...{ operation: "openPage", method: "POST", path: "/v1/pages", area: "portal" },
  ...{ auth: "key", tag: "Test", summary: "A page for anything", replies: { 201: null } },
  body: z.strictObject({}),
});

/** The page of any request, as the portal's own operations will open theirs. */
async function open(world: StripeWorld, request: Partial<CheckoutRequest>): Promise<Json> {
  const operation = operationOutside(
    line,
    checkoutSteps(
      async () =>
        ({
          ...{ customer: "cus_", invoices: [], amount: null, currency: "USD", purpose: "checkout" },
          ...{ save: false, mayOverpay: true, notes: null, prepayment: null },
          returns: { success: "https://portal.test/ok", cancel: "https://portal.test/no" },
          ...request,
        }) as CheckoutRequest,
    ),
  );
  const handler = buildArea({ area: "portal", operations: [operation] })(world.shell.deps);
  const answer = await handler({
    ...{ version: "2.0", routeKey: "$default", rawPath: "/v1/pages", rawQueryString: "" },
    headers: { "api-key": world.shell.apiKey, "content-type": "application/json" },
    requestContext: {
      requestId: "r",
      http: { method: "POST", path: "/v1/pages", sourceIp: "192.0.2.1" },
    },
    ...{ body: "{}", isBase64Encoded: false },
  } as never);
  expect(answer.statusCode).toBe(201);
  return JSON.parse(answer.body ?? "");
}

async function invoicesOf(world: StripeWorld, ids: readonly string[]): Promise<Invoice[]> {
  const found = await Promise.all(ids.map((id) => loadInvoice(world.tenant, id)));
  return found.filter((one) => one !== undefined);
}

test("several invoices are paid on one page, each by its own balance", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const made = [
    await world.document({ customer, amount: 700 }),
    await world.document({ customer, amount: 300 }),
  ];
  const ids = made.map(({ id }) => id);
  const invoices = await invoicesOf(world, ids);
  const { url } = await open(world, { customer: customer as never, invoices });
  expect(await world.pay(url)).toBe(303);
  await world.settle({ copies: 2, shuffled: true });
  for (const id of ids) {
    expect(await world.get(`/v1/invoices/${id}`)).toMatchObject({ status: "Paid" });
  }
  expect(await world.paymentsOf(customer)).toMatchObject([{ amount: 1000, applied: 1000 }]);
  await world.expectPromisesKept(customer);
});

test("what is paid over the balance waits for later work", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const { id } = await world.document({ customer, amount: 700 });
  const invoices = await invoicesOf(world, [id]);
  const { url } = await open(world, { customer: customer as never, invoices, amount: 100_000 });
  await world.pay(url);
  await world.settle();
  expect(await world.paymentsOf(customer)).toMatchObject([
    { amount: 1000, applied: 700, unapplied: 300 },
  ]);
  expect(world.shell.published.map(({ type }) => type)).not.toContain("payment.unexpected");
  await world.expectPromisesKept(customer);
});

test("money sent ahead without a document is one unapplied payment with its note", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const { url } = await open(world, {
    ...{ customer: customer as never, amount: 50_000, purpose: "prepayment" },
    notes: "For spring",
  });
  await world.pay(url);
  await world.settle();
  expect(await world.paymentsOf(customer)).toMatchObject([
    { amount: 500, unapplied: 500, source: "prepayment", notes: "For spring", retainer: null },
  ]);
  await world.expectPromisesKept(customer);
});

test("a card is saved without paying, and the first one saved is the one that is charged", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  for (const number of ["4242424242424242", "5555555555554444"]) {
    const { url } = await open(world, { customer: customer as never, purpose: "setup" });
    expect(await world.pay(url, number)).toBe(303);
    await world.settle({ copies: 2, shuffled: true });
  }
  const { docs } = await world.get(`/v1/customers/${customer}/payment-methods`);
  expect(docs).toHaveLength(2);
  expect(docs.find(({ isDefault }: Json) => isDefault)).toMatchObject({ last4: "4242" });
  const opened = world.shell.published.filter(({ type }) => type === "checkout.opened");
  for (const { data } of opened) {
    const intent = await loadIntent(world.tenant, String(data.payment));
    expect(intent).toMatchObject({ status: "completed", purpose: "setup" });
  }
  expect(await world.paymentsOf(customer)).toEqual([]);
  await world.expectPromisesKept(customer);
});

test("a bank's replacement of a saved card is reported", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const { url } = await open(world, { customer: customer as never, purpose: "setup" });
  await world.pay(url);
  await world.settle();
  const { docs } = await world.get(`/v1/customers/${customer}/payment-methods`);
  const paymentMethod = docs[0].id;
  world.standIn.control.updateCard({ paymentMethod, expMonth: 5, expYear: 2040 });
  await world.settle({ copies: 2, shuffled: true });
  const updated = world.shell.published.filter(({ type }) => type === "payment-method.updated");
  expect(updated).toMatchObject([{ customer, data: { paymentMethod, expYear: 2040 } }]);
});
