import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type System, startSystem } from "../../../local/system.ts";
import { assetCaching, contentSecurityPolicy, pageCaching } from "../../../portal/headers.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers field by field
type Json = any;

const folder = mkdtempSync(join(tmpdir(), "drawdown-system-"));
let system: System;
let ready: Json;

beforeAll(async () => {
  system = await startSystem({
    ...{ port: 0, host: "127.0.0.1", folder, endpoint: undefined, isQuiet: true },
    clock: "2027-01-04T09:00:00.000Z",
  });
  ready = await local("GET", "ready");
});
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function local(method: string, path: string, body?: object): Promise<Json> {
  const answer = await fetch(`${system.url}/__local/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${text}`);
  return text ? JSON.parse(text) : undefined;
}

async function call(method: string, path: string, body?: object): Promise<Json> {
  const answer = await fetch(`${system.url}${path}`, {
    method,
    headers: { "api-key": ready.apiKey, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined };
}

const items = [{ name: "Retainer", quantity: 1, price: 5000 }];
const pages = { successUrl: "https://example.com/ok", cancelUrl: "https://example.com/no" };

async function aRetainer(): Promise<Json> {
  const customer = { billTo: { company: "Acme", email: "ann@acme.test" } };
  return (
    await call("POST", "/v1/invoices", { customer, items, isRetainer: true, status: "Unpaid" })
  ).body;
}

async function pay(url: string, number: string): Promise<number> {
  const form = new URLSearchParams({ number, exp: "12/30", cvc: "123", name: "Ann Lee" });
  return (await fetch(url, { method: "POST", body: form, redirect: "manual" })).status;
}

async function checkout(invoice: string): Promise<string> {
  const opened = await call("POST", `/v1/invoices/${invoice}/checkout`, pages);
  expect(opened.status).toBe(201);
  return opened.body.url;
}

const paymentsOf = async (customer: string) =>
  (await call("GET", `/v1/payments?customer=${customer}`)).body.docs;

test("a mail to the simulator's address comes back by itself and switches it off", async () => {
  const customer = (await call("POST", "/v1/customers", { billTo: { company: "Echo" } })).body.id;
  const contacts = `/v1/customers/${customer}/contacts`;
  const email = "bounce@simulator.example";
  const contact = (await call("POST", contacts, { email })).body;
  const sent = (await call("POST", "/v1/invoices", { customer, items })).body;
  await call("POST", `/v1/invoices/${sent.id}/send`, {});
  await local("POST", "settle");
  const { body } = await call("GET", `${contacts}/${contact.id}`);
  expect(body.mailFailure).toMatchObject({ reason: "bounce" });
  const refused = await call("POST", `/v1/invoices/${sent.id}/send`, { email });
  expect([refused.status, refused.body.code]).toEqual([422, "mail.address-failed"]);
});

test("the portal's page is the same for every address below /p, with what protects it", async () => {
  const page = await fetch(`${system.url}/p/northwind-studio/invoices/inv_1`);
  expect(page.headers.get("content-security-policy")).toBe(contentSecurityPolicy);
  expect(page.headers.get("cache-control")).toBe(pageCaching);
  const [asset = ""] = /\/p\/assets\/[^"]+/.exec(await page.text()) ?? [];
  const file = await fetch(`${system.url}${asset}`);
  expect([file.status, file.headers.get("cache-control")]).toEqual([200, assetCaching]);
  expect((await fetch(`${system.url}/p/assets/gone.js`)).status).toBe(404);
});

test("starts with a demo agency whose retainer is drawn down, and a second agency", async () => {
  expect(ready).toMatchObject({ agency: expect.stringMatching(/^agy_/), secondAgency: {} });
  const { body } = await call("GET", "/v1/invoices?isRetainer=true");
  const drawn = body.docs.find((doc: Json) => doc.number === "RET-0001");
  expect(drawn).toMatchObject({ status: "Paid", drawStatus: "Drawn", retainer: { remaining: 0 } });
  expect((await call("GET", "/v1/stripe/account")).body).toMatchObject({ chargesEnabled: true });
});

test("a card payment on Stripe's page becomes one unapplied payment, however webhooks come", async () => {
  const retainer = await aRetainer();
  await local("POST", "stripe", { webhooks: { copies: 3, shuffle: true } });
  expect(await pay(await checkout(retainer.id), "4242424242424242")).toBe(303);
  await local("POST", "settle");
  await local("POST", "stripe", { webhooks: { copies: 1 } });
  expect(await paymentsOf(retainer.customer)).toMatchObject([
    {
      amount: 5000,
      unapplied: 5000,
      status: "Succeeded",
      source: "checkout",
      retainer: retainer.id,
    },
  ]);
  expect((await call("GET", `/v1/invoices/${retainer.id}`)).body).toMatchObject({
    status: "Paid",
    drawStatus: "Undrawn",
  });
  const mails = await local("GET", "mail");
  expect(mails.filter((mail: Json) => mail.to.includes("ann@acme.test"))).toMatchObject([
    { subject: expect.stringMatching(/^Receipt PAY-/) },
  ]);
});

test("a declined card takes no money, and another card then pays", async () => {
  const retainer = await aRetainer();
  const url = await checkout(retainer.id);
  expect(await pay(url, "4000000000000002")).toBe(402);
  expect(await pay(url, "4242424242424242")).toBe(303);
  await local("POST", "settle");
  const received = (await paymentsOf(retainer.customer)).filter(
    (one: Json) => one.status === "Succeeded",
  );
  expect(received).toHaveLength(1);
});

test("a bank debit is pending for three days, and then paid", async () => {
  const retainer = await aRetainer();
  await pay(await checkout(retainer.id), "000123456789");
  await local("POST", "settle");
  expect((await call("GET", `/v1/invoices/${retainer.id}`)).body.status).toBe("Pending");
  await local("POST", "clock", { advance: "P4D" });
  expect((await call("GET", `/v1/invoices/${retainer.id}`)).body.status).toBe("Paid");
  expect(await paymentsOf(retainer.customer)).toMatchObject([
    { status: "Succeeded", unapplied: 5000 },
  ]);
});

test("a bank debit that fails leaves the retainer asking again", async () => {
  const retainer = await aRetainer();
  await pay(await checkout(retainer.id), "000111111116");
  await local("POST", "clock", { advance: "P4D" });
  expect((await call("GET", `/v1/invoices/${retainer.id}`)).body).toMatchObject({
    status: "Unpaid",
    balance: 5000,
  });
  expect(await paymentsOf(retainer.customer)).toMatchObject([{ status: "Failed", unapplied: 0 }]);
});

test("a refund goes through Stripe and is settled by its webhook", async () => {
  const retainer = await aRetainer();
  await pay(await checkout(retainer.id), "4242424242424242");
  await local("POST", "settle");
  const [payment] = await paymentsOf(retainer.customer);
  const refund = await call("POST", `/v1/payments/${payment.id}/refund`, { amount: 1250.5 });
  expect(refund).toMatchObject({ status: 201, body: { status: "Pending", amount: 1250.5 } });
  await local("POST", "settle");
  expect((await call("GET", `/v1/payments/${payment.id}`)).body).toMatchObject({
    status: "PartiallyRefunded",
    unapplied: 3749.5,
    refunds: [{ amount: 1250.5, status: "Succeeded" }],
  });
});

test("a dashboard refund larger than what is unapplied re-opens the invoice by the shortfall", async () => {
  const retainer = await aRetainer();
  await pay(await checkout(retainer.id), "4242424242424242");
  await local("POST", "settle");
  const bill = {
    customer: retainer.customer,
    items: [{ name: "Work", quantity: 1, price: 3200 }],
    status: "Unpaid",
  };
  const invoice = (await call("POST", "/v1/invoices", bill)).body;
  const [payment] = await paymentsOf(retainer.customer);
  const { stripe } = (await call("GET", `/v1/payments/${payment.id}`)).body;
  await local("POST", "stripe", { refund: { paymentIntent: stripe.paymentIntent, amount: 2000 } });
  await local("POST", "settle");
  expect((await call("GET", `/v1/payments/${payment.id}`)).body).toMatchObject({
    refunded: 2000,
    applied: 3000,
    unapplied: 0,
  });
  expect((await call("GET", `/v1/invoices/${invoice.id}`)).body).toMatchObject({
    status: "Partial",
    balance: 200,
  });
});

test("what lost webhooks would have brought is found by reconciling", async () => {
  const retainer = await aRetainer();
  await local("POST", "stripe", { webhooks: { dropRate: 1 } });
  await pay(await checkout(retainer.id), "4242424242424242");
  await local("POST", "settle");
  expect(await paymentsOf(retainer.customer)).toEqual([]);
  await local("POST", "stripe", { webhooks: { copies: 1 }, reconcile: true });
  await local("POST", "settle");
  expect(await paymentsOf(retainer.customer)).toMatchObject([
    { status: "Succeeded", unapplied: 5000 },
  ]);
});

test("a lost dispute takes the money back out of what it paid", async () => {
  const retainer = await aRetainer();
  await pay(await checkout(retainer.id), "4242424242424242");
  await local("POST", "settle");
  const [payment] = await paymentsOf(retainer.customer);
  const { stripe } = (await call("GET", `/v1/payments/${payment.id}`)).body;
  await local("POST", "stripe", { dispute: { paymentIntent: stripe.paymentIntent } });
  await local("POST", "settle");
  expect((await call("GET", `/v1/payments/${payment.id}`)).body.status).toBe("Disputed");
  const apply = await call("POST", `/v1/payments/${payment.id}/refund`, { amount: 1 });
  expect(apply).toMatchObject({ status: 409, body: { code: "payment.not-available" } });
  await local("POST", "stripe", {
    dispute: { paymentIntent: stripe.paymentIntent, outcome: "lost" },
  });
  await local("POST", "settle");
  expect((await call("GET", `/v1/payments/${payment.id}`)).body).toMatchObject({
    refunded: 5000,
    unapplied: 0,
  });
  expect((await call("GET", `/v1/invoices/${retainer.id}`)).body.drawStatus).toBe("Unfunded");
});

test("a webhook with a wrong signature is refused", async () => {
  const answer = await fetch(`${system.url}/webhooks/stripe`, {
    method: "POST",
    headers: { "stripe-signature": "t=1,v1=00" },
    body: "{}",
  });
  expect(answer.status).toBe(400);
});
