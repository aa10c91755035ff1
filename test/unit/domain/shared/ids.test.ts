import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Id, isId, type Kind, kindOf, newId } from "../../../../domain/shared/ids.ts";

const prefixes = {
  agency: "agy",
  key: "key",
  staff: "stf",
  customer: "cus",
  contact: "con",
  quote: "quo",
  invoice: "inv",
  payment: "pay",
  application: "apl",
  refund: "rfd",
  credit: "crd",
  recurring: "rec",
  prepayment: "pre",
  topUp: "top",
  document: "doc",
  event: "evt",
  journal: "jrn",
  webhook: "whk",
  link: "lnk",
  subscription: "sub",
  delivery: "dlv",
  session: "ses",
  request: "req",
  zip: "zip",
} as const satisfies Record<Kind, string>;

const kinds = Object.keys(prefixes) as Kind[];
const nowMs = Date.UTC(2026, 10, 22);
const zeros = new Uint8Array(10);
const ones = new Uint8Array(10).fill(255);
const randomBytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
const times = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe("newId", () => {
  it.each([
    [0, zeros, "inv_00000000000000000000000000"],
    [1_469_918_176_385, zeros, "inv_01ARYZ6S410000000000000000"], // the ULID specification's time
    [0, ones, "inv_0000000000ZZZZZZZZZZZZZZZZ"],
    [2 ** 48 - 1, ones, "inv_7ZZZZZZZZZZZZZZZZZZZZZZZZZ"],
  ])("writes time %i and its random bytes in base 32", (time, random, id) => {
    expect(newId("invoice", time, random)).toBe(id);
  });

  it.each([
    ["a time before 1970", -1, zeros],
    ["a time beyond 48 bits", 2 ** 48, zeros],
    ["a fraction of a millisecond", 0.5, zeros],
    ["too little randomness", nowMs, new Uint8Array(9)],
    ["too much randomness", nowMs, new Uint8Array(16)],
  ])("throws on %s", (_name, time, random) => {
    expect(() => newId("invoice", time, random)).toThrow(RangeError);
  });

  it("sorts by time as text", () => {
    fc.assert(
      fc.property(times, times, randomBytes, randomBytes, (a, b, randomA, randomB) => {
        fc.pre(a !== b);
        const [earlier, later] = [newId("event", a, randomA), newId("event", b, randomB)];
        expect(earlier < later).toBe(a < b);
      }),
    );
  });

  it.each(kinds)("makes a %s id that is known as one and as nothing else", (kind) => {
    const id = newId(kind, nowMs, ones);
    expect(id.startsWith(`${prefixes[kind]}_`)).toBe(true);
    expect(kindOf(id)).toBe(kind);
    expect(kinds.filter((other) => isId(other, id))).toEqual([kind]);
  });
});

describe("isId", () => {
  const valid = newId("invoice", nowMs, zeros);

  it.each([
    ["empty", ""],
    ["no prefix", valid.slice(4)],
    ["another prefix", valid.replace("inv", "xxx")],
    ["lower case", valid.toLowerCase()],
    ["a dash for the underscore", valid.replace("_", "-")],
    ["a letter too many", `${valid}0`],
    ["a letter too few", valid.slice(0, -1)],
    ["a letter outside the alphabet", `${valid.slice(0, -1)}U`],
    ["more than 128 bits", `inv_8${valid.slice(5)}`],
    ["a line break behind", `${valid}\n`],
    ["an inherited name", "toString"],
  ])("refuses %s", (_name, text) => {
    expect(isId("invoice", text)).toBe(false);
    expect(kindOf(text)).toBeUndefined();
  });

  it("tells the kinds apart in types", () => {
    const id: Id<"invoice"> = newId("invoice", nowMs, zeros);
    // @ts-expect-error an invoice's id is not a customer's
    const wrong: Id<"customer"> = id;
    expect(wrong).toBe(id);
  });
});
