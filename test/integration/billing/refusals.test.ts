import { beforeAll, describe, expect, test } from "vitest";
import {
  accepted,
  create,
  customer,
  ids,
  item,
  items,
  openScene,
  refuses,
  shell,
} from "./refusal-scene.ts";

beforeAll(openScene);

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
