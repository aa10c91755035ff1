import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type GivenValues,
  type Numbered,
  numberDifference,
  seriesDifference,
} from "../../../../domain/accounting/verify-numbers.ts";
import { aCustomerId, anId } from "../../../support/builders.ts";

const name = "INV COUNTER";
const aDocument = (over: Partial<Numbered> = {}): Numbered => ({
  ...{ id: anId("invoice"), customer: aCustomerId, number: "INV-1", isIssued: true },
  ...over,
});
const guardOf = ({ id }: Numbered, given?: object) => ({ owner: id, ...(given ? { given } : {}) });

describe("a number", () => {
  test("belongs to the document that its guard names", () => {
    const document = aDocument();
    expect(numberDifference(document, guardOf(document), new Map())).toBeUndefined();
    for (const guard of [guardOf(aDocument()), undefined]) {
      expect(numberDifference(document, guard, new Map())).toMatchObject({
        ...{ record: document.id, field: "owner of INV-1", expected: document.id },
      });
    }
  });

  test("may be missing in a draft alone", () => {
    const none = aDocument({ number: null });
    expect(numberDifference(none, undefined, new Map())).toMatchObject({ field: "number" });
    const draft = { ...none, isIssued: false };
    expect(numberDifference(draft, undefined, new Map())).toBeUndefined();
  });

  test("whose guard is damaged is told", () => {
    const document = aDocument();
    const guard = guardOf(document, { counter: name, value: 0, skipped: 0 });
    expect(numberDifference(document, guard, new Map())).toMatchObject({ field: "value" });
  });
});

describe("a series", () => {
  /** How many values were passed over before each one that was given. */
  const skips = fc.array(fc.nat(3), { minLength: 1, maxLength: 20 });

  function given(skipped: readonly number[]) {
    const values: GivenValues = new Map();
    let next = 1;
    for (const one of skipped) {
      const document = aDocument({ number: `INV-${next}` });
      const guard = guardOf(document, { counter: name, value: next + one, skipped: one });
      expect(numberDifference(document, guard, values)).toBeUndefined();
      next += one + 1;
    }
    return { values, next };
  }

  test("without a gap is right, whatever was passed over and in whatever order it is found", () => {
    fc.assert(
      fc.property(skips, fc.boolean(), (skipped, isReversed) => {
        const { values, next } = given(skipped);
        if (isReversed) values.get(name)?.reverse();
        expect(seriesDifference({ name, next }, values)).toBeUndefined();
      }),
    );
  });

  test("that lost a document, or whose counter moved, is not", () => {
    fc.assert(
      fc.property(skips, fc.nat(), fc.constantFrom(-1, 1), (skipped, pick, step) => {
        const { values, next } = given(skipped);
        expect(seriesDifference({ name, next: next + step }, values)).toMatchObject({
          ...{ record: name, field: "next", expected: next, found: next + step },
        });
        values.get(name)?.splice(pick % skipped.length, 1);
        expect(seriesDifference({ name, next }, values)).toBeDefined();
      }),
    );
  });

  test("that gave a value twice is not", () => {
    const { values, next } = given([0, 0]);
    const [one] = values.get(name) ?? [];
    if (one) values.get(name)?.push({ ...one, document: aDocument() });
    expect(seriesDifference({ name, next }, values)).toMatchObject({
      field: `next value of ${name}`,
    });
  });

  test("that gave nothing yet stands at one", () => {
    expect(seriesDifference({ name, next: 1 }, new Map())).toBeUndefined();
    expect(seriesDifference({ name, next: 2 }, new Map())).toBeDefined();
  });
});
