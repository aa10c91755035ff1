import { describe, expect, test } from "vitest";
import * as z from "zod";
import { parseWith } from "../../../../functions/kit/parse.ts";
import { Refused } from "../../../../functions/kit/refused.ts";
import { routes } from "../../../../functions/routes.ts";

type Schema = { readonly [name: string]: unknown };
type Path = readonly (string | number)[];

interface Limit {
  readonly path: Path;
  readonly max: number;
  readonly fill: (size: number) => unknown;
  /** Anything of that size will do, so the largest must be taken. */
  readonly isFree: boolean;
}

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;

/** Every bound of texts and lists in a body, with the path to it. */
function limitsIn(schema: Schema, path: Path = []): Limit[] {
  const branches = Array.isArray(schema.anyOf) ? schema.anyOf.filter(isSchema) : [];
  const inner = branches.flatMap((branch) => limitsIn(branch, path));
  if (schema.type === "object" && isSchema(schema.properties)) {
    for (const [name, value] of Object.entries(schema.properties)) {
      if (isSchema(value)) inner.push(...limitsIn(value, [...path, name]));
    }
  }
  if (schema.type === "array" && isSchema(schema.items)) {
    inner.push(...limitsIn(schema.items, [...path, 0]));
    if (typeof schema.maxItems === "number") {
      inner.push({
        ...{ path, max: schema.maxItems, isFree: false },
        fill: (size) => Array.from({ length: size }, (_, n) => `entry ${n}`),
      });
    }
  }
  if (schema.type === "string" && typeof schema.maxLength === "number") {
    const isFree = schema.pattern === undefined && schema.format === undefined;
    inner.push({ path, max: schema.maxLength, isFree, fill: (size) => "x".repeat(size) });
  }
  return inner;
}

/** Texts whose form a schema can't tell: patterns of numbers, time zones, addresses of pages. */
const hasForm = /\/(numbering\/\w+|timeZone|successUrl|cancelUrl|slug|logo|color)$/;

/** A body with nothing in it but this. */
const bodyWith = (path: Path, value: unknown): unknown =>
  path
    .toReversed()
    .reduce<unknown>(
      (inside, step) => (typeof step === "number" ? [inside] : { [step]: inside }),
      value,
    );

function pointersOf(schema: z.ZodType, body: unknown): string[] {
  try {
    parseWith(schema, body);
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return (error.refusal.errors ?? []).map(({ pointer }) => pointer);
  }
}

const cases = routes.flatMap(({ operation, body }) => {
  if (!body) return [];
  const json = z.toJSONSchema(body, { io: "input", unrepresentable: "any", reused: "inline" });
  return limitsIn(json as Schema).map((limit) => ({
    ...{ operation, schema: body, limit, pointer: ["#", ...limit.path].join("/") },
  }));
});

test("there are bounds to try in every area that takes texts", () => {
  expect(new Set(cases.map(({ operation }) => operation)).size).toBeGreaterThan(20);
});

describe("no field takes more than its bound, and each says so by its name", () => {
  test.each(cases)("$operation $pointer", ({ schema, limit, pointer }) => {
    const { path, max, fill, isFree } = limit;
    const over = pointersOf(schema, bodyWith(path, fill(max + 1)));
    expect(over.some((one) => one === pointer || one.startsWith(`${pointer}/`))).toBe(true);
    if (isFree && !hasForm.test(pointer)) {
      expect(pointersOf(schema, bodyWith(path, fill(max)))).not.toContain(pointer);
    }
  });
});
