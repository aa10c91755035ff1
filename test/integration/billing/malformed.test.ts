import { beforeAll, describe, expect, test } from "vitest";
import { accepted, create, item, items, long, openScene, refuses, shell } from "./refusal-scene.ts";

beforeAll(openScene);

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
