import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { freePort } from "../../../local/net.ts";
import { type System, startSystem } from "../../../local/system.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers field by field
type Json = any;

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  readonly body: Json;
}

const folder = mkdtempSync(join(tmpdir(), "drawdown-control-"));
const clock = "2027-01-04T09:00:00.000Z";
let system: System;
let ready: Json;
/** What was answered while the first data were made. */
let early: { readonly ready: Answer; readonly api: Answer };

async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(url, init);
  const type = answer.headers.get("content-type");
  const text = await answer.text();
  const isJson = type?.includes("json");
  return {
    ...{ status: answer.status, type, headers: answer.headers },
    body: isJson ? JSON.parse(text) : text,
  };
}

const local = (method: string, path: string, body?: unknown): Promise<Answer> =>
  ask(`${system.url}/__local/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const call = (method: string, path: string, body?: object): Promise<Answer> =>
  ask(`${system.url}${path}`, {
    method,
    headers: { "api-key": ready.apiKey, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

/** As soon as somebody listens. */
async function firstAnswer(url: string): Promise<Answer> {
  while (true) {
    const answer = await ask(url).catch(() => undefined);
    if (answer) return answer;
  }
}

beforeAll(async () => {
  const port = await freePort();
  const starting = startSystem({
    ...{ port, host: "127.0.0.1", folder, endpoint: undefined, isQuiet: true, clock },
  });
  const url = `http://127.0.0.1:${port}`;
  early = {
    ready: await firstAnswer(`${url}/__local/ready`),
    api: await firstAnswer(`${url}/v1/agency`),
  };
  system = await starting;
  ready = (await local("GET", "ready")).body;
});
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

const notReady = {
  status: 503,
  type: "application/problem+json",
  body: { status: 503, code: "server.not-ready", title: "The system is not ready" },
};

test("whoever comes while the first data are made is told to come again", () => {
  expect(early.ready).toMatchObject(notReady);
  expect(early.api).toMatchObject(notReady);
  expect(early.ready.headers.get("retry-after")).toBe("1");
  expect(early.api.headers.get("retry-after")).toBe("1");
});

/** Everything that a refused control could have changed. */
async function stateOf(): Promise<object> {
  const mails = (await local("GET", "mail")).body;
  const now: string = (await local("GET", "ready")).body.now;
  const events = (await call("GET", "/v1/events?limit=100")).body;
  return { mails, day: now.slice(0, 10), events };
}

const intent = "pi_none";
const bad: readonly [string, unknown, string][] = [
  ["clock", { advance: "a month" }, "#/advance"],
  ["clock", { advance: "-P1D" }, "#/advance"],
  ["clock", { advance: "P9000Y" }, "#/advance"],
  ["clock", { advance: 30 }, "#/advance"],
  ["clock", { now: "tomorrow" }, "#/now"],
  ["clock", { now: "2020-01-01T00:00:00Z" }, "#/now"],
  ["clock", { now: `${"2".repeat(41)}` }, "#/now"],
  ["clock", { advance: "P1D", by: "me" }, "#/by"],
  ["outage", {}, "#/for"],
  ["outage", { for: "P" }, "#/for"],
  ["outage", { for: "-PT1H" }, "#/for"],
  ["outage", { for: "P1D", until: 1 }, "#/until"],
  ["faults", { commit: { conflictRate: 1.1 } }, "#/commit/conflictRate"],
  ["faults", { commit: { throttleRate: "0" } }, "#/commit/throttleRate"],
  ["faults", { commit: { conflictRate: 0.6, throttleRate: 0.6 } }, "#/commit"],
  ["faults", { commit: { crashAfter: 0 } }, "#/commit/crashAfter"],
  ["faults", { commit: { explode: true } }, "#/commit/explode"],
  ["faults", { seed: 0.5 }, "#/seed"],
  ["stripe", { nextCharge: "explode" }, "#/nextCharge"],
  ["stripe", { webhooks: { copies: 0 } }, "#/webhooks/copies"],
  ["stripe", { webhooks: { copies: 11 } }, "#/webhooks/copies"],
  ["stripe", { webhooks: { dropRate: 2 } }, "#/webhooks/dropRate"],
  ["stripe", { webhooks: { delayS: -1 } }, "#/webhooks/delayS"],
  ["stripe", { webhooks: { shuffle: "yes" } }, "#/webhooks/shuffle"],
  ["stripe", { dispute: { amount: 1 } }, "#/dispute/paymentIntent"],
  ["stripe", { dispute: { paymentIntent: intent } }, "#/dispute/paymentIntent"],
  ["stripe", { dispute: { paymentIntent: intent, outcome: "drawn" } }, "#/dispute/outcome"],
  ["stripe", { refund: { paymentIntent: intent } }, "#/refund/paymentIntent"],
  ["stripe", { refund: { paymentIntent: intent, amount: 0 } }, "#/refund/amount"],
  ["stripe", { reconcile: "now" }, "#/reconcile"],
  ["stripe", { refunds: [] }, "#/refunds"],
];

describe("a control refuses bad input by the field's name, and nothing changes", () => {
  it.each(bad)("POST %s %j", async (path, body, pointer) => {
    const before = await stateOf();
    const answer = await local("POST", path, body);
    expect(answer).toMatchObject({
      status: 400,
      type: "application/problem+json",
      body: { status: 400, code: "request.invalid", instance: expect.stringMatching(/^urn:/) },
    });
    expect(answer.body.errors.map((one: Json) => one.pointer)).toContain(pointer);
    expect(await stateOf()).toEqual(before);
  });

  it.each(["clock", "outage", "faults", "stripe"])("POST %s with broken JSON", async (path) => {
    const answer = await ask(`${system.url}/__local/${path}`, { method: "POST", body: "{" });
    expect(answer).toMatchObject({ status: 400, body: { code: "request.invalid" } });
    expect(answer.body.detail).toBe("The body is not well-formed JSON.");
  });

  it.each([
    ["GET", "nothing"],
    ["POST", "clock/forward"],
    ["GET", "mail/00000001"],
    ["GET", "mail/00000001/none.pdf"],
    ["GET", "mail/99999999/none.pdf"],
  ])("%s %s is not there", async (method, path) => {
    const found = { status: 404, type: "application/problem+json" };
    expect(await local(method, path)).toMatchObject({
      ...found,
      body: { code: "request.not-found" },
    });
  });

  it.each([
    ["GET", "clock", "POST"],
    ["POST", "ready", "GET"],
    ["PUT", "mail", "GET, DELETE"],
  ])("%s %s is not allowed", async (method, path, allow) => {
    const answer = await local(method, path);
    expect(answer).toMatchObject({ status: 405, body: { code: "request.method-not-allowed" } });
    expect(answer.headers.get("allow")).toBe(allow);
  });
});

const cents = (amount: number) => [{ name: "Work", quantity: 1, price: amount }];

/** A retainer paid by card, as it stands at Stripe. */
async function aPaidRetainer(): Promise<{ payment: string; paymentIntent: string }> {
  const customer = { billTo: { company: "Acme", email: "ann@acme.test" } };
  const asked = { customer, items: cents(100), isRetainer: true, status: "Unpaid" };
  const { id } = (await call("POST", "/v1/invoices", asked)).body;
  const pages = { successUrl: "https://example.com/ok", cancelUrl: "https://example.com/no" };
  const { url } = (await call("POST", `/v1/invoices/${id}/checkout`, pages)).body;
  const card = { number: "4242424242424242", exp: "12/34", cvc: "123", name: "Ann Lee" };
  await fetch(url, { method: "POST", body: new URLSearchParams(card), redirect: "manual" });
  expect((await local("POST", "settle")).body).toEqual({ pending: 0 });
  const { docs } = (await call("GET", `/v1/invoices/${id}/payments`)).body;
  const { stripe } = (await call("GET", `/v1/payments/${docs[0].id}`)).body;
  return { payment: docs[0].id, paymentIntent: stripe.paymentIntent };
}

describe("Stripe's own side", () => {
  it("refuses more than was paid, and part of what was asked is not done either", async () => {
    const { payment, paymentIntent } = await aPaidRetainer();
    const before = (await call("GET", `/v1/payments/${payment}`)).body;
    for (const [wrong, pointer] of [
      [{ refund: { paymentIntent, amount: 100.01 } }, "#/refund/amount"],
      [{ refund: { paymentIntent, amount: 0.001 } }, "#/refund/amount"],
      [{ dispute: { paymentIntent, amount: 100.01 } }, "#/dispute/amount"],
    ] as const) {
      const answer = await local("POST", "stripe", { nextCharge: "decline", ...wrong });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    }
    await local("POST", "settle");
    expect((await call("GET", `/v1/payments/${payment}`)).body).toEqual(before);
    // Had "decline" stayed, this would not be paid.
    await aPaidRetainer();
  });

  it("refunds part of a payment as the dashboard does", async () => {
    const { payment, paymentIntent } = await aPaidRetainer();
    const refund = { paymentIntent, amount: 40.5 };
    expect(await local("POST", "stripe", { refund })).toMatchObject({ status: 200, body: {} });
    await local("POST", "settle");
    const after = (await call("GET", `/v1/payments/${payment}`)).body;
    expect(after).toMatchObject({ refunded: 40.5, unapplied: 59.5 });
  });
});

describe("time", () => {
  const nowOf = async (): Promise<string> => (await local("GET", "ready")).body.now;
  const day = (instant: string) => instant.slice(0, 10);

  it("advances by a duration and to an instant", async () => {
    const { body } = await local("POST", "clock", { advance: "P1M" });
    expect(body).toEqual({ now: expect.any(String), ran: expect.any(Number) });
    expect(day(await nowOf())).toBe(day(body.now));
    const moved = await local("POST", "clock", { now: "2027-06-01T12:00:00+02:00" });
    expect(moved.body.now.slice(0, 16)).toBe("2027-06-01T10:00");
  });

  it("passes in an outage without anything being run", async () => {
    const before = await nowOf();
    const { status, body } = await local("POST", "outage", { for: "P10D" });
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["now"]);
    expect(Date.parse(body.now) - Date.parse(before)).toBeGreaterThanOrEqual(10 * 86_400_000);
  });
});

test("faults are made, and are off again when none are named", async () => {
  const customer = { billTo: { company: "Acme" } };
  const faults = { commit: { conflictRate: 1 }, seed: 7 };
  expect(await local("POST", "faults", faults)).toMatchObject({ status: 200, body: {} });
  const refused = await call("POST", "/v1/customers", customer);
  expect(refused).toMatchObject({ status: 409, body: { code: "write.conflict" } });
  await local("POST", "faults", {});
  expect((await call("POST", "/v1/customers", customer)).status).toBe(201);
});

describe("mail", () => {
  it("is listed with what is attached, which can be fetched", async () => {
    const asked = { customer: { billTo: { company: "Acme" } }, items: cents(12) };
    const { id, customer } = (await call("POST", "/v1/invoices", asked)).body;
    const ann = { firstName: "Ann", lastName: "Lee", email: "ann@acme.test" };
    await call("POST", `/v1/customers/${customer}/contacts`, ann);
    expect((await call("POST", `/v1/invoices/${id}/send`, {})).status).toBe(202);
    await local("POST", "settle");
    const [mail] = (await local("GET", "mail")).body.slice(-1);
    const [{ filename, size }] = mail.attachments;
    expect(mail).toMatchObject({ to: "ann@acme.test", links: [expect.stringContaining("/d#")] });
    const answer = await fetch(`${system.url}/__local/mail/${mail.id}/${filename}`);
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(bytes.length).toBe(size);
    expect(new TextDecoder().decode(bytes.slice(0, 5))).toBe("%PDF-");
  });

  it("is a page for a person, in which nothing of a mail is markup", async () => {
    const subject = 'Work <b onclick="x">done</b>';
    const { docs } = (await call("GET", "/v1/invoices?limit=1")).body;
    await call("POST", `/v1/invoices/${docs[0].id}/send`, { subject });
    await local("POST", "settle");
    const page = await ask(`${system.url}/__local/mail`, { headers: { accept: "text/html" } });
    expect(page.type).toMatch(/^text\/html/);
    expect(page.body).toContain("Work &lt;b onclick=&quot;x&quot;&gt;done&lt;/b&gt;");
    expect(page.body).not.toContain("<b onclick");
    expect(page.body).toMatch(/href="\/__local\/mail\/\d+\/[^"]+\.pdf"/);
  });

  it("is emptied", async () => {
    expect((await local("DELETE", "mail")).status).toBe(204);
    expect((await local("GET", "mail")).body).toEqual([]);
    const page = await ask(`${system.url}/__local/mail`, { headers: { accept: "text/html" } });
    expect(page.body).toContain("No mail yet");
  });
});

test("a reset makes everything anew, at the beginning; meanwhile nobody else is let in", async () => {
  const old = ready;
  await local("POST", "faults", { commit: { conflictRate: 1 } });
  const resetting = local("POST", "reset");
  let meanwhile = await call("GET", "/v1/agency");
  while (meanwhile.status === 200) meanwhile = await call("GET", "/v1/agency");
  expect(meanwhile).toMatchObject(notReady);
  expect(meanwhile.headers.get("retry-after")).toBe("1");
  expect(await local("GET", "ready")).toMatchObject(notReady);
  ready = (await resetting).body;
  expect((await local("GET", "ready")).body).toMatchObject({ ...ready, now: expect.any(String) });
  expect(ready.now.slice(0, 10)).toBe("2027-01-04");
  expect(ready.agency).not.toBe(old.agency);
  const { docs } = (await call("GET", "/v1/invoices?limit=100")).body;
  const numbers = docs
    .map((one: Json) => one.number)
    .filter((one: string) => one?.startsWith("INV"));
  expect(numbers.toSorted()).toEqual(
    Array.from({ length: numbers.length }, (_, n) => `INV-000${n + 1}`),
  );
  const withOldKey = await ask(`${system.url}/v1/agency`, { headers: { "api-key": old.apiKey } });
  expect(withOldKey.status).toBe(401);
});
