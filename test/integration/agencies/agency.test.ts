import { describe, expect, test } from "vitest";
import { aShell } from "../../support/shell.ts";
import { countWrites } from "../../support/writes.ts";

test("settings are one object with the documented defaults", async () => {
  const { call } = await aShell();
  const { body } = await call("GET", "/v1/agency");
  expect(body.settings).toMatchObject({
    currency: "USD",
    timeZone: "UTC",
    locale: "en-US",
    sendHour: 6,
    dueDays: 14,
    numbering: { invoice: "INV-{0000}", retainer: "RET-{0000}", quote: "QUO-{0000}" },
    autoApply: "always",
    useCredits: "always",
    payment: { instructions: null },
    overPayment: true,
    underPayment: { allowed: false, minimum: 0 },
    clientInitiatedPayments: { enabled: false, minimum: 0, recurring: true },
    quote: { autoConvert: true, requireSignature: false, requireTerms: false },
    portal: { registration: false },
    lateFee: null,
    retainer: { lowBalance: null, topUp: null },
    attachPdf: true,
  });
});

test("a change names only what differs, at every level", async () => {
  const { call } = await aShell();
  const changed = await call("PATCH", "/v1/agency", {
    name: "Studio South",
    settings: {
      clientInitiatedPayments: { enabled: true, minimum: 49.5 },
      portal: { modules: { quotes: false } },
      numbering: { invoice: "{year}/{000}" },
    },
  });
  expect(changed.status).toBe(200);
  const { body } = await call("GET", "/v1/agency");
  expect(body).toMatchObject({
    name: "Studio South",
    version: 2,
    settings: {
      clientInitiatedPayments: { enabled: true, minimum: 49.5, recurring: true },
      portal: { modules: { quotes: false, invoices: true } },
      numbering: { invoice: "{year}/{000}", retainer: "RET-{0000}" },
    },
  });
  const invoice = await call("POST", "/v1/invoices", {
    customer: { billTo: { company: "Acme" } },
    items: [{ name: "Work", quantity: 1, price: 1 }],
    date: "2027-02-01",
    status: "Unpaid",
  });
  expect(invoice.body.number).toBe("2027/001");
});

describe("settings that can't be are refused, and nothing changes", () => {
  test.each([
    ["a zone that doesn't exist", { timeZone: "Mars/Olympus" }, "#/settings/timeZone"],
    ["an hour after the last", { sendHour: 24 }, "#/settings/sendHour"],
    ["a colour by name", { branding: { color: "red" } }, "#/settings/branding/color"],
    [
      "a pattern without a number",
      { numbering: { invoice: "INV" } },
      "#/settings/numbering/invoice",
    ],
    [
      "an unknown module",
      { portal: { modules: { chat: true } } },
      "#/settings/portal/modules/chat",
    ],
    ["an unknown setting", { colour: 1 }, "#/settings/colour"],
    [
      "three decimals of dollars",
      { underPayment: { minimum: 1.005 } },
      "#/settings/underPayment/minimum",
    ],
    [
      "a logo that is a page",
      { branding: { logo: "data:text/html;base64,AAAA" } },
      "#/settings/branding/logo",
    ],
  ])("%s", async (_name, settings, pointer) => {
    const shell = await aShell();
    const accepted = countWrites(shell.table);
    const answer = await shell.call("PATCH", "/v1/agency", { settings });
    expect(answer).toMatchObject({ status: 400, body: { code: "request.invalid" } });
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(
      pointer,
    );
    expect(accepted()).toBe(0);
  });
});

test("a key is shown once, works at once, and stops at once when revoked", async () => {
  const { call } = await aShell();
  const made = await call(
    "POST",
    "/v1/api-keys",
    { name: "till", role: "member" },
    { "idempotency-key": "k" },
  );
  expect(made).toMatchObject({
    status: 201,
    body: { role: "member", key: expect.stringMatching(/^dd_/) },
  });
  const own = { "api-key": made.body.key };
  expect((await call("GET", "/v1/invoices", undefined, own)).status).toBe(200);
  expect((await call("PATCH", "/v1/agency", {}, own)).status).toBe(403);
  const listed = await call("GET", "/v1/api-keys");
  expect(JSON.stringify(listed.body)).not.toContain(made.body.key);
  const again = await call(
    "POST",
    "/v1/api-keys",
    { name: "till", role: "member" },
    { "idempotency-key": "k" },
  );
  const { key: _text, ...shown } = made.body;
  expect(again.body).toEqual(shown);
  expect((await call("DELETE", `/v1/api-keys/${made.body.id}`)).status).toBe(204);
  expect((await call("GET", "/v1/invoices", undefined, own)).status).toBe(401);
});

test("nobody makes a key above the own role", async () => {
  const { call } = await aShell();
  const admin = await call("POST", "/v1/api-keys", { name: "admin", role: "admin" });
  const above = await call(
    "POST",
    "/v1/api-keys",
    { name: "x", role: "owner" },
    { "api-key": admin.body.key },
  );
  expect(above).toMatchObject({ status: 403, body: { code: "role.too-low" } });
});

test("events tell what happened, newest first, of one record or one type", async () => {
  const shell = await aShell();
  const { body } = await shell.call("POST", "/v1/invoices", {
    customer: { billTo: { company: "Acme" } },
    items: [{ name: "Work", quantity: 1, price: 1 }],
    status: "Unpaid",
  });
  await shell.call("POST", `/v1/invoices/${body.id}/mark-paid`, {});
  await shell.deliver({ copies: 2, shuffled: true });
  const all = await shell.call("GET", "/v1/events");
  const types = all.body.docs.map((event: { type: string }) => event.type);
  expect(types).toEqual(
    expect.arrayContaining([
      "customer.created",
      "invoice.issued",
      "payment.received",
      "invoice.paid",
    ]),
  );
  expect(new Set(all.body.docs.map((event: { id: string }) => event.id)).size).toBe(types.length);
  const paid = await shell.call("GET", `/v1/events?type=invoice.paid&subject=${body.id}`);
  expect(paid.body.docs).toMatchObject([{ type: "invoice.paid", subject: body.id }]);
});
