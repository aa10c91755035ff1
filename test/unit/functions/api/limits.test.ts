import { describe, expect, test } from "vitest";
import * as z from "zod";
import { parseWith } from "../../../../functions/kit/parse.ts";
import { Refused } from "../../../../functions/kit/refused.ts";
import { routes } from "../../../../functions/routes.ts";
import { type Limit, limitsIn } from "./schema-limits.ts";

function pointersOf(schema: z.ZodType, value: unknown): string[] {
  try {
    parseWith(schema, value);
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return (error.refusal.errors ?? []).map(({ pointer }) => pointer);
  }
}

const limitsOf = (schema: z.ZodType): Limit[] =>
  limitsIn(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }));

const bodies = routes.flatMap(({ operation, body }) =>
  body ? limitsOf(body).map((limit) => ({ operation, schema: body, ...limit })) : [],
);

/** In a query everything is text. */
const asText = (values: readonly unknown[]): string[] =>
  values.filter((value) => typeof value !== "boolean").map(String);

const queries = routes.flatMap(({ operation, query }) => {
  if (!query) return [];
  return limitsOf(query).map(({ bad, good, ...limit }) => ({
    ...{ operation, schema: query, ...limit },
    // What is no number in a body is one here.
    bad: asText(bad).filter((value) => value !== "1"),
    good: asText(good),
  }));
});

const operationsOf = (cases: readonly { readonly operation: string }[]): number =>
  new Set(cases.map(({ operation }) => operation)).size;

test("there are bounds to try in every area", () => {
  expect(operationsOf(bodies)).toBeGreaterThan(30);
  expect(operationsOf(queries)).toBe(routes.filter(({ query }) => query).length);
});

test("each number in a body has a bound below", () => {
  const values = bodies.filter(({ bad }) => bad.some((one) => typeof one === "number"));
  expect(values.length).toBeGreaterThan(50);
  for (const { operation, pointer, bad } of values) {
    expect(
      bad.some((one) => typeof one === "number" && one <= 1),
      operation + pointer,
    ).toBe(true);
  }
});

describe.each([
  ["a body", bodies],
  ["a query", queries],
])("no field of %s takes more than its bounds, and each says so by its name", (_, cases) => {
  test.each(cases)("$operation $pointer", ({ schema, pointer, bad, good, bodyWith }) => {
    for (const value of bad) {
      const named = pointersOf(schema, bodyWith(value)).filter(
        (one) => one === pointer || one.startsWith(`${pointer}/`),
      );
      expect(named, `${JSON.stringify(value)?.slice(0, 40)} is taken`).not.toEqual([]);
    }
    for (const value of good) {
      expect(pointersOf(schema, bodyWith(value)), JSON.stringify(value)).not.toContain(pointer);
    }
  });
});

describe("no body and no query takes a field that it does not know", () => {
  const strict = routes.flatMap(({ operation, body, query }) => [
    ...(body ? [{ operation, where: "body", schema: body }] : []),
    ...(query ? [{ operation, where: "query", schema: query }] : []),
  ]);
  test.each(strict)("$operation $where", ({ schema }) => {
    expect(pointersOf(schema, { unheard: "of" })).toContain("#/unheard");
  });
});
