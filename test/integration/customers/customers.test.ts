import { beforeAll, describe, expect, test } from "vitest";
import { customerReply } from "../../../functions/api/customers/replies.ts";
import { type AnAgency, aShell, type Shell } from "../../support/shell.ts";
import { countWrites } from "../../support/writes.ts";

let shell: Shell;
let other: AnAgency;
let accepted: () => number;

beforeAll(async () => {
  shell = await aShell();
  other = await shell.anotherAgency();
  accepted = countWrites(shell.table);
});

const acme = { billTo: { company: "Acme" } };

async function aCustomer(over: object = {}) {
  const made = await shell.call("POST", "/v1/customers", { ...acme, ...over });
  expect(made.status).toBe(201);
  return made.body;
}

const whole = {
  billTo: {
    firstName: "Ann",
    lastName: "Ho",
    company: "Acme",
    email: "Ann@Acme.test",
    phone: "+1 555",
    address: "1 Main St",
    legal: "Inc.",
  },
  shipTo: { company: "Acme Stores" },
  currency: "EUR",
  lang: "de-AT",
  taxId: "ATU1",
  cc: ["a@acme.test"],
  bcc: ["b@acme.test"],
  notes: "pays late",
  tags: ["vip", "design"],
  attachPdf: false,
  autoApply: "ask",
};

test("a customer keeps every field that it was made with", async () => {
  const made = await aCustomer({ ...whole, internalId: "crm-1" });
  const { body } = await shell.call("GET", `/v1/customers/${made.id}`);
  expect(body).toEqual(made);
  expect(customerReply.parse(body)).toEqual(body);
  expect(body).toMatchObject({
    ...whole,
    billTo: { ...whole.billTo, email: "ann@acme.test" },
    internalId: "crm-1",
    archived: false,
    version: 1,
  });
});

test("PATCH merges, also inside an address, and null or an empty text clears", async () => {
  const { id } = await aCustomer(whole);
  const path = `/v1/customers/${id}`;
  const patch = { billTo: { phone: "+2" }, notes: "", tags: null, shipTo: null, lang: null };
  const { status, body } = await shell.call("PATCH", path, patch);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    billTo: { company: "Acme", phone: "+2", legal: "Inc." },
    ...{ notes: null, tags: [], shipTo: null, lang: null },
    ...{ taxId: "ATU1", currency: "EUR", version: 2 },
  });
  expect((await shell.call("GET", path)).body).toEqual(body);
});

test("PUT resets what isn't sent, but an archived customer stays archived", async () => {
  const { id } = await aCustomer({ ...whole, internalId: "crm-put" });
  const path = `/v1/customers/${id}`;
  await shell.call("PATCH", path, { archived: true });
  const { body } = await shell.call("PUT", path, { billTo: { firstName: "Bo", lastName: "Li" } });
  expect(body).toMatchObject({
    billTo: { firstName: "Bo", lastName: "Li", company: null, phone: null },
    ...{ shipTo: null, internalId: null, currency: null, cc: [], tags: [], attachPdf: null },
    archived: true,
  });
  await aCustomer({ internalId: "crm-put" });
});

test("a change to what it already is writes nothing", async () => {
  const { id, version } = await aCustomer(whole);
  const before = accepted();
  const again = await shell.call("PATCH", `/v1/customers/${id}`, { notes: "pays late" });
  expect(again).toMatchObject({ status: 200, body: { version } });
  expect(accepted()).toBe(before);
});

describe("a body that can't be is refused field by field, and nothing is written", () => {
  test.each([
    ["nobody to bill", {}, "#/billTo"],
    ["a bill to nobody", { billTo: { email: "a@b.test" } }, "#/billTo"],
    ["a first name alone", { billTo: { firstName: "Ann" } }, "#/billTo"],
    ["an unknown field", { ...acme, colour: "red" }, "#/colour"],
    ["an unknown part of the address", { billTo: { company: "A", zip: "1" } }, "#/billTo/zip"],
    ["a name of 201 letters", { billTo: { company: "x".repeat(201) } }, "#/billTo/company"],
    ["a currency in small letters", { ...acme, currency: "usd" }, "#/currency"],
    ["four copies", { ...acme, cc: ["a", "b", "c", "d"].map((x) => `${x}@a.test`) }, "#/cc"],
    ["a copy to no address", { ...acme, bcc: ["nobody"] }, "#/bcc/0"],
    ["eleven tags", { ...acme, tags: Array.from({ length: 11 }, (_, n) => `t${n}`) }, "#/tags"],
    ["a way to apply that isn't", { ...acme, autoApply: "sometimes" }, "#/autoApply"],
    ["notes of 2001 letters", { ...acme, notes: "x".repeat(2_001) }, "#/notes"],
    ["archiving at birth", { ...acme, archived: true }, "#/archived"],
  ])("%s", async (_name, body, pointer) => {
    const before = accepted();
    const answer = await shell.call("POST", "/v1/customers", body);
    expect(answer).toMatchObject({ status: 400, body: { code: "request.invalid" } });
    const pointers = answer.body.errors.map((error: { pointer: string }) => error.pointer);
    expect(pointers.some((one: string) => one.startsWith(pointer))).toBe(true);
    expect(accepted()).toBe(before);
  });
});

describe("a change that can't be is refused, and nothing is written", () => {
  test.each([
    ["a name taken away", "PATCH", { billTo: { company: null } }, 400, "request.invalid"],
    ["a PUT without anybody to bill", "PUT", { notes: "x" }, 400, "request.invalid"],
    ["an id that another has", "PATCH", { internalId: "taken" }, 409, "customer.internal-id-taken"],
    ["an old version", "PATCH", { notes: "x" }, 412, "write.stale"],
    ["deleting an old version", "DELETE", undefined, 412, "write.stale"],
  ])("%s", async (_name, method, body, status, code) => {
    await shell.call("POST", "/v1/customers", { ...acme, internalId: "taken" });
    const { id, version } = await aCustomer();
    const headers = status === 412 ? { "if-match": '"7"' } : { "if-match": `"${version}"` };
    const before = accepted();
    const answer = await shell.call(method, `/v1/customers/${id}`, body, headers);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(accepted()).toBe(before);
  });
});

test("an internal id is free again when its customer gives it up or goes", async () => {
  const first = await aCustomer({ internalId: "moving" });
  const taken = await shell.call("POST", "/v1/customers", { ...acme, internalId: "moving" });
  expect(taken).toMatchObject({ status: 409, body: { code: "customer.internal-id-taken" } });
  await shell.call("PATCH", `/v1/customers/${first.id}`, { internalId: null });
  const second = await aCustomer({ internalId: "moving" });
  expect((await shell.call("DELETE", `/v1/customers/${second.id}`)).status).toBe(204);
  await aCustomer({ internalId: "moving" });
});

test("two customers with one internal id at once: one is made", async () => {
  const twin = () => shell.call("POST", "/v1/customers", { ...acme, internalId: "twins" });
  const answers = await Promise.all([twin(), twin(), twin()]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
});

test("another agency may use the same internal id", async () => {
  await aCustomer({ internalId: "shared" });
  const theirs = await other.call("POST", "/v1/customers", { ...acme, internalId: "shared" });
  expect(theirs.status).toBe(201);
});

describe("a customer with any document is archived, not deleted", () => {
  const item = { name: "Work", quantity: 1, price: 10 };
  test.each([
    ["a draft invoice", "/v1/invoices", { items: [item] }],
    ["an issued invoice", "/v1/invoices", { items: [item], status: "Unpaid" }],
    ["a quote", "/v1/quotes", { items: [item] }],
    ["a payment", "/v1/payments", { amount: 5, currency: "USD", method: "Cash" }],
    ["a draft credit", "/v1/credits", { amount: 5, currency: "USD", reason: "sorry" }],
  ])("%s", async (_name, path, body) => {
    const { id } = await aCustomer();
    const made = await shell.call("POST", path, { customer: id, ...body });
    expect(made.status).toBe(201);
    const before = accepted();
    const refused = await shell.call("DELETE", `/v1/customers/${id}`);
    expect(refused).toMatchObject({ status: 409, body: { code: "customer.has-documents" } });
    expect(accepted()).toBe(before);
    const archived = await shell.call("PATCH", `/v1/customers/${id}`, { archived: true });
    expect(archived).toMatchObject({ status: 200, body: { archived: true } });
  });
});

test("an archived customer gets no new documents until it is restored", async () => {
  const { id } = await aCustomer();
  await shell.call("PATCH", `/v1/customers/${id}`, { archived: true });
  const draft = { customer: id, items: [{ name: "Work", quantity: 1, price: 10 }] };
  const refused = await shell.call("POST", "/v1/invoices", draft);
  expect(refused).toMatchObject({ status: 409, body: { code: "customer.archived" } });
  await shell.call("PATCH", `/v1/customers/${id}`, { archived: false });
  expect((await shell.call("POST", "/v1/invoices", draft)).status).toBe(201);
});

test("a deleted customer is gone with its contacts and their addresses", async () => {
  const { id } = await aCustomer();
  for (const name of ["ann", "bo"]) {
    await shell.call("POST", `/v1/customers/${id}/contacts`, { email: `${name}@gone.test` });
  }
  expect((await shell.call("DELETE", `/v1/customers/${id}`)).status).toBe(204);
  for (const path of ["", "/contacts", "/balance", "/journal"]) {
    const { status, body } = await shell.call("GET", `/v1/customers/${id}${path}`);
    expect({ status, code: body.code }).toEqual({ status: 404, code: "customer.not-found" });
  }
  expect((await shell.call("DELETE", `/v1/customers/${id}`)).status).toBe(404);
});

test("every change of a customer is told as an event of it", async () => {
  const { id } = await aCustomer();
  await shell.call("PATCH", `/v1/customers/${id}`, { notes: "x" });
  await shell.call("DELETE", `/v1/customers/${id}`);
  await shell.deliver();
  const { body } = await shell.call("GET", `/v1/events?subject=${id}`);
  // All in one instant of the test's clock, so in any order.
  const byType = body.docs.toSorted((a: { type: string }, b: { type: string }) =>
    a.type < b.type ? -1 : 1,
  );
  expect(byType).toMatchObject([
    { type: "customer.created", actor: { apiKey: expect.stringMatching(/^key_/) } },
    { type: "customer.deleted", customer: id },
    { type: "customer.updated", data: { changed: ["notes"] } },
  ]);
});
