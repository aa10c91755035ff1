import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import {
  type Carried,
  carriedApart,
  carry,
  expectCarried,
} from "../../../../domain/accounting/carried.ts";
import { firstDifference, readAs } from "../../../../domain/accounting/difference.ts";

const place = { customer: "cus_1", record: "inv_1" };

describe("claims", () => {
  test("hold for equal values, in whatever order their fields stand", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const turned = (one: unknown): unknown =>
          typeof one !== "object" || one === null || Array.isArray(one)
            ? one
            : Object.fromEntries(Object.entries(one).reverse());
        expect(firstDifference(place, [["it", value, turned(value)]])).toBeUndefined();
      }),
    );
  });

  test.each([
    ["another value", { a: 1 }, { a: 2 }],
    ["a field more", { a: 1 }, { a: 1, b: 1 }],
    ["a field less", { a: 1, b: 1 }, { a: 1 }],
    ["another order of a list", [1, 2], [2, 1]],
    ["nothing", { a: 1 }, null],
    ["a text in place of a number", 1, "1"],
  ])("don't hold for %s", (_what, expected, found) => {
    const claims = [
      ["first", 1, 1],
      ["second", expected, found],
      ["third", 1, 2],
    ] as const;
    expect(firstDifference(place, claims)).toEqual({
      ...{ ...place, seq: null, field: "second", expected, found },
    });
  });
});

test("an item in another form is told by the field that left it, with what stands there", () => {
  const schema = z.object({ lines: z.array(z.object({ amount: z.number() })) });
  const good = { lines: [{ amount: 5 }] };
  expect(readAs(schema, good, place)).toEqual({ value: good });
  expect(readAs(schema, { lines: [{ amount: 5 }, { amount: "6" }] }, place)).toMatchObject({
    difference: { field: "lines.1.amount", found: "6" },
  });
  expect(readAs(schema, undefined, place)).toMatchObject({
    difference: { field: "form", found: null },
  });
});

describe("what documents carry", () => {
  const line = (account: "cash" | "fees" | "disputed" | "receivable", amount: number) => ({
    ...{ subject: "pay_1", account, currency: "USD" as const, amount },
  });

  test("is summed; money held back or lost is still what came", () => {
    const found: Carried = new Map();
    for (const [account, amount] of [
      ["cash", 500],
      ["cash", -200],
      ["disputed", 200],
      ["receivable", -300],
    ] as const) {
      carry(found, line(account, amount));
    }
    const expected: Carried = new Map();
    const payment = { id: "pay_1", currency: "USD" };
    expectCarried(expected, payment, { money: 500, receivable: -300 });
    expect(carriedApart(expected, found)).toBeUndefined();
    carry(found, line("fees", 1));
    expect(carriedApart(expected, found)).toEqual({
      ...{ record: "pay_1", field: "money USD", expected: 500, found: 501 },
    });
  });

  test("is told when it is missing on either side, but nothing is as good as none", () => {
    const one: Carried = new Map([["inv_1 tax EUR", 7]]);
    const zero: Carried = new Map([["inv_1 revenue EUR", 0]]);
    expect(carriedApart(one, new Map())).toMatchObject({ field: "tax EUR", expected: 7, found: 0 });
    expect(carriedApart(new Map(), one)).toMatchObject({ field: "tax EUR", expected: 0, found: 7 });
    expect(carriedApart(zero, new Map())).toBeUndefined();
  });
});
