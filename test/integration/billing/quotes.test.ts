import { expect, test } from "vitest";
import { aShell, type Shell } from "../../support/shell.ts";
import { countWrites } from "../../support/writes.ts";

const body = {
  customer: { internalId: "acme", billTo: { company: "Acme" } },
  items: [{ name: "Retainer", quantity: 1, price: 5000 }],
  isRetainer: true,
};

async function aSentQuote({ call }: Shell, over: object = {}) {
  const made = await call("POST", "/v1/quotes", { ...body, ...over });
  expect(made).toMatchObject({ status: 201, body: { status: "Draft", number: null } });
  const sent = await call("POST", `/v1/quotes/${made.body.id}/send`, {});
  expect(sent).toMatchObject({ status: 202, body: { status: "Sent" } });
  return sent.body;
}

test("an approved quote becomes an issued retainer in the same step, and both name each other", async () => {
  const shell = await aShell();
  const quote = await aSentQuote(shell);
  expect(quote.number).toBe("QUO-0001");
  const approved = await shell.call("POST", `/v1/quotes/${quote.id}/approve`, { by: "Ann Lee" });
  expect(approved).toMatchObject({
    status: 200,
    body: { status: "Converted", approvedBy: "Ann Lee", invoice: expect.stringMatching(/^inv_/) },
  });
  const retainer = await shell.call("GET", `/v1/invoices/${approved.body.invoice}`);
  expect(retainer.body).toMatchObject({
    number: "RET-0001",
    status: "Unpaid",
    isRetainer: true,
    total: 5000,
    quote: quote.id,
  });
});

test("a quote is valid through its last day in the agency's zone, and not an hour longer", async () => {
  const shell = await aShell({ now: "2027-03-01T09:00:00.000Z", timeZone: "Pacific/Auckland" });
  const quote = await aSentQuote(shell, { validUntil: "2027-03-05" });
  const other = await aSentQuote(shell, { validUntil: "2027-03-05" });
  shell.clock.set("2027-03-05T10:59:59.000Z");
  expect((await shell.call("GET", `/v1/quotes/${quote.id}`)).body.status).toBe("Sent");
  expect((await shell.call("POST", `/v1/quotes/${quote.id}/approve`, { by: "Ann" })).status).toBe(
    200,
  );
  shell.clock.set("2027-03-05T11:00:00.000Z");
  expect((await shell.call("GET", `/v1/quotes/${other.id}`)).body.status).toBe("Expired");
  const writes = countWrites(shell.table);
  const late = await shell.call("POST", `/v1/quotes/${other.id}/approve`, { by: "Ann" });
  expect(late).toMatchObject({ status: 409, body: { code: "quote.expired" } });
  expect((await shell.call("GET", "/v1/quotes?status=Expired")).body.docs).toMatchObject([
    { id: other.id },
  ]);
  expect(writes()).toBe(0);
});

test.each(["send", "mark-sent"])(
  "a draft whose last day is over can't be brought out: %s",
  async (verb) => {
    const shell = await aShell({ now: "2027-03-01T09:00:00.000Z" });
    const { body: draft } = await shell.call("POST", "/v1/quotes", {
      ...body,
      validUntil: "2027-03-05",
    });
    shell.clock.set("2027-03-06T00:00:00.000Z");
    const writes = countWrites(shell.table);
    expect(await shell.call("POST", `/v1/quotes/${draft.id}/${verb}`, {})).toMatchObject({
      status: 409,
      body: { code: "quote.expired", detail: expect.stringContaining("2027-03-05") },
    });
    expect(writes()).toBe(0);
    const later = await shell.call("PATCH", `/v1/quotes/${draft.id}`, { validUntil: "2027-03-20" });
    expect(later).toMatchObject({ status: 200 });
    const out = await shell.call("POST", `/v1/quotes/${draft.id}/mark-sent`, {});
    expect(out).toMatchObject({ status: 200, body: { status: "Sent" } });
  },
);

test.each(["PUT", "PATCH"])(
  "a draft moves to a customer that is made with the change: %s",
  async (method) => {
    const shell = await aShell();
    const { body: draft } = await shell.call("POST", "/v1/quotes", body);
    const customer = { billTo: { company: "Newcomer" } };
    const change = method === "PUT" ? { ...body, customer } : { customer };
    const moved = await shell.call(method, `/v1/quotes/${draft.id}`, change);
    expect(moved).toMatchObject({ status: 200, body: { billTo: { company: "Newcomer" } } });
    expect(moved.body.customer).not.toBe(draft.customer);
    expect(await shell.call("GET", `/v1/customers/${moved.body.customer}`)).toMatchObject({
      status: 200,
    });
  },
);

test.each([
  ["POST", () => "/v1/quotes"],
  ["PUT", (id: string) => `/v1/quotes/${id}`],
  ["PATCH", (id: string) => `/v1/quotes/${id}`],
])("a last day before the date is blamed on the quote's own field: %s", async (method, path) => {
  const shell = await aShell();
  const { body: draft } = await shell.call("POST", "/v1/quotes", body);
  const writes = countWrites(shell.table);
  const refused = await shell.call(method, path(draft.id), { ...body, validUntil: "2020-01-01" });
  expect(refused).toMatchObject({
    status: 400,
    body: {
      detail: "#/validUntil: must not be before the date",
      errors: [{ pointer: "#/validUntil" }],
    },
  });
  expect(writes()).toBe(0);
});

test("two approvals at once make one retainer", async () => {
  const shell = await aShell();
  const quote = await aSentQuote(shell);
  const answers = await Promise.all(
    [1, 2].map(() => shell.call("POST", `/v1/quotes/${quote.id}/approve`, { by: "Ann" })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await shell.call("GET", "/v1/invoices")).body.total).toBe(1);
});

test("a quote that staff changed while the contact read it is refused by version", async () => {
  const shell = await aShell();
  const quote = await aSentQuote(shell);
  const changed = await shell.call("PATCH", `/v1/quotes/${quote.id}`, { notes: "new" });
  expect(changed.body).toMatchObject({ status: "Sent", notes: "new", number: "QUO-0001" });
  const stale = await shell.call(
    "POST",
    `/v1/quotes/${quote.id}/approve`,
    { by: "Ann" },
    { "if-match": String(quote.version) },
  );
  expect(stale).toMatchObject({ status: 412 });
});

test.each([
  ["approve", { by: "Ann" }],
  ["decline", {}],
  ["cancel", {}],
  ["convert", {}],
] as const)("a draft can't be answered: %s", async (verb, request) => {
  const shell = await aShell();
  const { body: draft } = await shell.call("POST", "/v1/quotes", body);
  const writes = countWrites(shell.table);
  const answer = await shell.call("POST", `/v1/quotes/${draft.id}/${verb}`, request);
  expect(answer).toMatchObject({ status: 409, body: { code: "quote.not-open" } });
  expect(writes()).toBe(0);
});

test("declining keeps the reason and closes the quote", async () => {
  const shell = await aShell();
  const quote = await aSentQuote(shell, { isRetainer: false });
  const declined = await shell.call("POST", `/v1/quotes/${quote.id}/decline`, {
    reason: "too much",
  });
  expect(declined.body).toMatchObject({ status: "Declined", declineReason: "too much" });
  const again = await shell.call("POST", `/v1/quotes/${quote.id}/approve`, { by: "Ann" });
  expect(again).toMatchObject({ status: 409, body: { code: "quote.not-open" } });
});

test("a retainer quote carries no tax", async () => {
  const { call } = await aShell();
  const answer = await call("POST", "/v1/quotes", { ...body, taxes: [{ name: "VAT", rate: 19 }] });
  expect(answer).toMatchObject({ status: 422, body: { code: "retainer.taxed" } });
});
