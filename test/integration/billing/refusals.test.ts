import { beforeAll, describe, expect, test } from "vitest";
import { aShell, type Shell } from "../../support/shell.ts";
import { countWrites } from "../../support/writes.ts";

const items = [{ name: "Work", quantity: 1, price: 100 }];
const billTo = { company: "Acme" };

let shell: Shell;
let accepted: () => number;
let customer: string;
const ids: Record<string, string> = {};

async function make(name: string, over: object) {
  const { body } = await shell.call("POST", "/v1/invoices", { customer, items, ...over });
  ids[name] = body.id;
  return body.id as string;
}

beforeAll(async () => {
  shell = await aShell();
  const first = await shell.call("POST", "/v1/invoices", { customer: { billTo }, items });
  customer = first.body.customer;
  ids.draft = first.body.id;
  await make("issued", { status: "Unpaid", autoApply: "off" });
  await make("paid", { status: "Unpaid", autoApply: "off" });
  await shell.call("POST", `/v1/invoices/${ids.paid}/mark-paid`, {});
  await make("canceled", { status: "Unpaid", autoApply: "off" });
  await shell.call("POST", `/v1/invoices/${ids.canceled}/cancel`, {});
  await make("retainer", { status: "Unpaid", isRetainer: true });
  await make("funded", { status: "Unpaid", isRetainer: true });
  const { body } = await shell.call("POST", `/v1/invoices/${ids.funded}/payments`, {
    method: "Cash",
  });
  ids.payment = body.id;
  const other = await shell.call("POST", "/v1/invoices", {
    customer: { billTo },
    items,
    status: "Unpaid",
  });
  ids.others = other.body.id;
  await make("euro", { status: "Unpaid", currency: "EUR" });
  accepted = countWrites(shell.table);
});

/** Every refusal: the status, the code, and that nothing at all was written. */
async function refuses(
  [method, path, body]: readonly [string, string, unknown?],
  expected: { status: number; code: string; pointer?: string },
) {
  const before = accepted();
  const named = path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? name);
  const answer = await shell.call(method, named, resolve(body));
  expect(answer.body).toMatchObject({ status: expected.status, code: expected.code });
  expect(answer.status).toBe(expected.status);
  expect(answer.headers["content-type"]).toBe("application/problem+json");
  if (expected.pointer) {
    const pointers = answer.body.errors.map((error: { pointer: string }) => error.pointer);
    expect(pointers).toContain(expected.pointer);
  }
  expect(accepted()).toBe(before);
}

const resolve = (body: unknown): unknown =>
  body === undefined || typeof body === "string"
    ? body
    : JSON.parse(JSON.stringify(body), (_key, value) =>
        typeof value === "string" && value.startsWith(":")
          ? value === ":customer"
            ? customer
            : (ids[value.slice(1)] ?? value)
          : value,
      );

const create = (over: object) =>
  ["POST", "/v1/invoices", { customer: ":customer", items, ...over }] as const;
const item = (over: object) => create({ items: [{ ...items[0], ...over }] });
const long = (length: number) => "x".repeat(length);

describe("a body that is not well-formed is told where", () => {
  test.each([
    ["malformed JSON", ["POST", "/v1/invoices", '{"customer":'], undefined],
    ["an array", ["POST", "/v1/invoices", "[]"], "#"],
    ["no customer", ["POST", "/v1/invoices", { items }], "#/customer"],
    ["no items", create({ items: [] }), "#/items"],
    ["201 items", create({ items: Array.from({ length: 201 }, () => items[0]) }), "#/items"],
    ["an unknown field", create({ colour: "red" }), "#/colour"],
    ["an unknown field of an item", item({ sku: "1" }), "#/items/0/sku"],
    ["a price as text", item({ price: "100" }), "#/items/0/price"],
    ["a negative price", item({ price: -1 }), "#/items/0/price"],
    ["a zero price", item({ price: 0 }), "#/items/0/price"],
    ["too many decimals", item({ price: 1.005 }), "#/items/0/price"],
    [
      "decimals of a currency without",
      create({ currency: "JPY", items: [{ ...items[0], price: 1.5 }] }),
      "#/items/0/price",
    ],
    ["a price in exponent form", item({ price: 1e21 }), "#/items/0/price"],
    ["a zero quantity", item({ quantity: 0 }), "#/items/0/quantity"],
    ["a quantity of 7 decimals", item({ quantity: 0.1234567 }), "#/items/0/quantity"],
    ["a nameless item", item({ name: "  " }), "#/items/0/name"],
    ["a name of 201 characters", item({ name: long(201) }), "#/items/0/name"],
    ["a description of 1,001", item({ description: long(1_001) }), "#/items/0/description"],
    ["terms of 2,001 characters", create({ terms: long(2_001) }), "#/terms"],
    ["notes of 2,001 characters", create({ notes: long(2_001) }), "#/notes"],
    ["11 tags", create({ tags: Array.from({ length: 11 }, (_, n) => `t${n}`) }), "#/tags"],
    [
      "4 taxes",
      create({ taxes: Array.from({ length: 4 }, (_, n) => ({ name: `t${n}`, rate: 1 })) }),
      "#/taxes",
    ],
    ["a tax of 101 percent", create({ taxes: [{ name: "VAT", rate: 101 }] }), "#/taxes/0/rate"],
    [
      "4 extra fields",
      create({ extraFields: Array.from({ length: 4 }, () => ({ name: "a", value: "b" })) }),
      "#/extraFields",
    ],
    ["an unknown currency", create({ currency: "XYZ" }), "#/currency"],
    ["a currency in small letters", create({ currency: "usd" }), "#/currency"],
    ["a day that doesn't exist", create({ date: "2026-02-30" }), "#/date"],
    [
      "a due date before the date",
      create({ date: "2026-02-02", dueDate: "2026-02-01" }),
      "#/dueDate",
    ],
    [
      "a period that ends before it begins",
      create({ period: { from: "2026-02-02", to: "2026-02-01" } }),
      "#/period/to",
    ],
    ["a number as text flag", create({ isRetainer: "true" }), "#/isRetainer"],
    ["an unknown status", create({ status: "Paid" }), "#/status"],
    ["a lone surrogate", create({ notes: "\ud800" }), "#/notes"],
    [
      "a new customer without a name",
      ["POST", "/v1/invoices", { customer: { billTo: { firstName: "Ann" } }, items }],
      "#/customer/billTo",
    ],
  ] as const)("%s", async (_name, request, pointer) => {
    await refuses(request as unknown as [string, string, unknown], {
      status: 400,
      code: "request.invalid",
      ...(pointer ? { pointer } : {}),
    });
  });

  test("257 KB are too large, and a form is not JSON", async () => {
    await refuses(["POST", "/v1/invoices", JSON.stringify({ notes: long(257 * 1024) })], {
      status: 413,
      code: "request.too-large",
    });
    const before = accepted();
    const form = await shell.call("POST", "/v1/invoices", "a=b", {
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(form).toMatchObject({ status: 415, body: { code: "request.media-type" } });
    expect(accepted()).toBe(before);
  });
});

describe("what is well-formed but can't be is refused", () => {
  test.each([
    [
      "an unknown customer",
      ["POST", "/v1/invoices", { customer: "cus_00000000000000000000000000", items }],
      404,
      "customer.not-found",
    ],
    [
      "an unknown invoice",
      ["POST", "/v1/invoices/inv_00000000000000000000000000/send", {}],
      404,
      "invoice.not-found",
    ],
    ["an id of the wrong form", ["GET", "/v1/invoices/17"], 404, "request.not-found"],
    ["an unknown path", ["GET", "/v1/invoice"], 404, "request.not-found"],
    [
      "a missing record before a bad body",
      ["POST", "/v1/invoices/inv_00000000000000000000000000/send", { x: 1 }],
      404,
      "invoice.not-found",
    ],
    [
      "tax on a retainer",
      create({ isRetainer: true, taxes: [{ name: "VAT", rate: 19 }] }),
      422,
      "retainer.taxed",
    ],
    [
      "tax on a retainer's item",
      create({ isRetainer: true, items: [{ ...items[0], taxes: [{ name: "VAT", rate: 19 }] }] }),
      422,
      "retainer.taxed",
    ],
    [
      "a discount above the sum",
      create({ discount: { type: "amount", value: 100.01 } }),
      422,
      "invoice.total-negative",
    ],
    [
      "a line's discount above the line",
      item({ discount: { type: "amount", value: 100.01 } }),
      422,
      "invoice.total-negative",
    ],
    [
      "a total of 16 digits",
      item({ price: 9_999_999_999_999, quantity: 1000 }),
      422,
      "invoice.total-too-large",
    ],
    [
      "a retainer that becomes an invoice",
      ["PATCH", "/v1/invoices/:retainer", { isRetainer: false }],
      409,
      "invoice.kind-fixed",
    ],
    [
      "another amount on a funded retainer",
      ["PATCH", "/v1/invoices/:funded", { items: [{ ...items[0], price: 99 }] }],
      409,
      "retainer.amount-locked",
    ],
    [
      "another amount on a paid invoice",
      ["PATCH", "/v1/invoices/:paid", { items: [{ ...items[0], price: 99 }] }],
      409,
      "invoice.has-payments",
    ],
    [
      "a change of a canceled invoice",
      ["PATCH", "/v1/invoices/:canceled", { notes: "x" }],
      409,
      "invoice.not-open",
    ],
    [
      "an issued number that changes",
      ["PATCH", "/v1/invoices/:issued", { number: "X-1" }],
      409,
      "invoice.issued",
    ],
    ["deleting what is issued", ["DELETE", "/v1/invoices/:issued"], 409, "invoice.issued"],
    [
      "canceling a funded retainer",
      ["POST", "/v1/invoices/:funded/cancel", {}],
      409,
      "invoice.has-payments",
    ],
    ["canceling twice", ["POST", "/v1/invoices/:canceled/cancel", {}], 409, "invoice.not-open"],
    ["canceling a draft", ["POST", "/v1/invoices/:draft/cancel", {}], 409, "invoice.not-open"],
    [
      "sending what is canceled",
      ["POST", "/v1/invoices/:canceled/send", {}],
      409,
      "invoice.not-open",
    ],
    [
      "money for what is canceled",
      ["POST", "/v1/invoices/:canceled/payments", { method: "Cash" }],
      409,
      "invoice.not-open",
    ],
    [
      "nothing left to pay",
      ["POST", "/v1/invoices/:paid/payments", { method: "Cash" }],
      409,
      "invoice.not-open",
    ],
    [
      "money applied to a retainer",
      ["POST", "/v1/invoices/:retainer/apply", { payments: [{ payment: ":payment" }] }],
      409,
      "invoice.is-retainer",
    ],
    [
      "automatic money for a retainer",
      ["POST", "/v1/invoices/:retainer/apply", { auto: true }],
      409,
      "invoice.is-retainer",
    ],
    [
      "money applied to a draft",
      ["POST", "/v1/payments/:payment/apply", { invoices: [{ invoice: ":draft" }] }],
      409,
      "invoice.not-open",
    ],
    [
      "money applied to what is canceled",
      ["POST", "/v1/payments/:payment/apply", { invoices: [{ invoice: ":canceled" }] }],
      409,
      "invoice.not-open",
    ],
    [
      "more than the payment has",
      [
        "POST",
        "/v1/payments/:payment/apply",
        { invoices: [{ invoice: ":issued", amount: 100.01 }] },
      ],
      422,
      "payment.insufficient",
    ],
    [
      "more than is due",
      ["POST", "/v1/payments/:payment/apply", { invoices: [{ invoice: ":paid", amount: 1 }] }],
      422,
      "invoice.over-applied",
    ],
    [
      "another customer's invoice",
      ["POST", "/v1/payments/:payment/apply", { invoices: [{ invoice: ":others" }] }],
      422,
      "customer.mismatch",
    ],
    [
      "another currency's invoice",
      ["POST", "/v1/payments/:payment/apply", { invoices: [{ invoice: ":euro" }] }],
      422,
      "currency.mismatch",
    ],
    [
      "one bad line of two",
      [
        "POST",
        "/v1/payments/:payment/apply",
        { invoices: [{ invoice: ":issued", amount: 1 }, { invoice: ":others" }] },
      ],
      422,
      "customer.mismatch",
    ],
    [
      "a pair named twice",
      [
        "POST",
        "/v1/payments/:payment/apply",
        {
          invoices: [
            { invoice: ":issued", amount: 1 },
            { invoice: ":issued", amount: 1 },
          ],
        },
      ],
      400,
      "request.invalid",
    ],
    [
      "an amount of nothing",
      ["POST", "/v1/payments/:payment/apply", { invoices: [{ invoice: ":issued", amount: 0 }] }],
      400,
      "request.invalid",
    ],
    [
      "an unknown invoice in a body",
      [
        "POST",
        "/v1/payments/:payment/apply",
        { invoices: [{ invoice: "inv_00000000000000000000000000" }] },
      ],
      404,
      "invoice.not-found",
    ],
    [
      "an unknown application",
      [
        "POST",
        "/v1/payments/:payment/unapply",
        { applications: ["apl_00000000000000000000000000"] },
      ],
      404,
      "application.not-found",
    ],
    [
      "a refund of more than is unapplied",
      ["POST", "/v1/payments/:payment/refund", { amount: 100.01 }],
      422,
      "payment.insufficient",
    ],
    [
      "a payment for a retainer and an invoice",
      [
        "POST",
        "/v1/payments",
        {
          customer: ":customer",
          amount: 2,
          currency: "USD",
          method: "Cash",
          applications: [
            { invoice: ":retainer", amount: 1 },
            { invoice: ":issued", amount: 1 },
          ],
        },
      ],
      422,
      "payment.mixed",
    ],
    [
      "applications of more than the payment",
      [
        "POST",
        "/v1/payments",
        {
          customer: ":customer",
          amount: 1,
          currency: "USD",
          method: "Cash",
          applications: [{ invoice: ":issued", amount: 2 }],
        },
      ],
      422,
      "payment.insufficient",
    ],
    [
      "money from tomorrow",
      [
        "POST",
        "/v1/payments",
        { customer: ":customer", amount: 1, currency: "USD", method: "Cash", paidAt: "2999-01-01" },
      ],
      400,
      "request.invalid",
    ],
  ] as const)("%s", async (_name, request, status, code) => {
    await refuses(request as unknown as [string, string, unknown], { status, code });
  });

  test("a stale version, whatever else is wrong with the state", async () => {
    const before = accepted();
    const stale = await shell.call(
      "PATCH",
      `/v1/invoices/${ids.draft}`,
      { notes: "x" },
      { "if-match": '"9"' },
    );
    expect(stale).toMatchObject({ status: 412, body: { code: "write.stale" } });
    expect(accepted()).toBe(before);
  });

  test("a method that the path doesn't have, with the ones it has", async () => {
    const answer = await shell.call("PUT", "/v1/invoices", {});
    expect(answer).toMatchObject({ status: 405, headers: { allow: "POST, GET" } });
  });

  test("a forged cursor and one of another list", async () => {
    const page = await shell.call("GET", "/v1/invoices?limit=1");
    expect(page.body.next).toEqual(expect.any(String));
    await refuses(["GET", "/v1/invoices?after=Zm9yZ2Vk"], {
      status: 400,
      code: "request.invalid",
      pointer: "#/after",
    });
    await refuses(["GET", `/v1/payments?after=${page.body.next}`], {
      status: 400,
      code: "request.invalid",
    });
    const other = await shell.anotherAgency();
    const foreign = await other.call("GET", `/v1/invoices?after=${page.body.next}`);
    expect(foreign).toMatchObject({ status: 400, body: { code: "request.invalid" } });
  });

  test("a number that another document has", async () => {
    const { body } = await shell.call("POST", "/v1/invoices", {
      customer,
      items,
      number: "MINE-1",
    });
    expect(body.number).toBe("MINE-1");
    await refuses(create({ number: "MINE-1" }), { status: 409, code: "invoice.number-taken" });
    expect((await shell.call("DELETE", `/v1/invoices/${body.id}`)).status).toBe(204);
    expect(
      (await shell.call("POST", "/v1/invoices", { customer, items, number: "MINE-1" })).status,
    ).toBe(201);
  });
});
