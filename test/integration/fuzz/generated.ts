import fc from "fast-check";
import { hostileName, hostileValue } from "./hostile.ts";

/** A JSON schema of the OpenAPI document, as far as values are made from it. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

/** Ids of records that exist, by kind; a field named for a kind gets one of them. */
export type Examples = Readonly<Record<string, readonly string[]>>;

const days = ["2027-03-01", "2027-03-15", "2027-04-30", "2026-12-31", "2028-02-29"];

/** Fields whose form a schema can't tell. */
const formed: Readonly<Record<string, readonly string[]>> = {
  currency: ["USD", "USD", "USD", "EUR", "JPY"],
  timeZone: ["UTC", "Europe/Vienna"],
  locale: ["en-US", "de-AT"],
  lang: ["en", "de-AT"],
  ...Object.fromEntries(
    ["date", "from", "to", "dueDate", "validUntil", "expiresOn", "paidAt", "startOn"].map(
      (name) => [name, days],
    ),
  ),
  email: ["ann@acme.test", "bo@acme.test", "new@acme.test"],
  cc: ["copy@acme.test"],
  bcc: ["copy@acme.test"],
  successUrl: ["https://agency.test/ok"],
  cancelUrl: ["https://agency.test/no"],
  color: ["#336699"],
  slug: ["north", "north-2"],
};

const words = ["Work", "Design", "a", "Ünïcödé", "Retainer", "2027", "x y"];

/** Mostly what the schema asks for: a generator of commands that get far. */
export function valid(schema: Schema, examples: Examples, name = ""): fc.Arbitrary<unknown> {
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return fc.oneof(...branches.map((one) => valid(one, examples, name)));
  if (schema.type === "object") return objectOf(schema, examples);
  if (schema.type === "array") {
    const maxLength = Math.min(schema.maxItems ?? 3, 3);
    return fc.array(valid(schema.items ?? {}, examples, name), { minLength: 1, maxLength });
  }
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "null") return fc.constant(null);
  if (schema.type === "integer" || schema.type === "number") return numberOf(schema);
  return fc.constantFrom(...textsFor(name, examples));
}

function numberOf({ type, minimum = 0, maximum = 1_000 }: Schema): fc.Arbitrary<number> {
  const max = Math.min(maximum, Math.max(minimum, 0) + 1_000);
  const whole = fc.integer({ min: Math.max(minimum, 0), max });
  if (type === "integer") return whole;
  return fc.oneof(whole, fc.constantFrom(1, 2, 10, 50, 49.9, 0.5));
}

const plural = (name: string): string => name.replace(/s$/, "");

function textsFor(name: string, examples: Examples): readonly string[] {
  return formed[name] ?? examples[name] ?? examples[plural(name)] ?? words;
}

function objectOf(schema: Schema, examples: Examples): fc.Arbitrary<unknown> {
  const { properties = {}, required = [] } = schema;
  const fields = Object.entries(properties).map(([name, one]) => {
    const value = valid(one, examples, name);
    const isSure = required.includes(name) || name === "company";
    return [name, isSure ? value : fc.option(value, { nil: undefined, freq: 1 })] as const;
  });
  return fc
    .record(Object.fromEntries(fields))
    .map((made) =>
      Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)),
    );
}

interface Change {
  readonly at: number;
  readonly kind: "replace" | "drop" | "add" | "repeat";
  readonly value: unknown;
  readonly name: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(10_000),
  kind: fc.constantFrom("replace", "replace", "replace", "drop", "add", "repeat"),
  value: hostileValue,
  name: hostileName,
});

/** A valid value with one to three places spoiled. */
export function nearlyValid(schema: Schema, examples: Examples): fc.Arbitrary<unknown> {
  return fc
    .tuple(valid(schema, examples), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([value, changes]) => changes.reduce(spoiled, value));
}

type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Array.isArray(value) ? value.map((one, n) => [n, one] as const) : own(value);
  return [path, ...inner.flatMap(([step, one]) => pathsIn(one, [...path, step]))];
}

const own = (value: object): (readonly [string, unknown])[] =>
  value.constructor === Object ? Object.entries(value) : [];

function spoiled(value: unknown, { at, kind, value: other, name }: Change): unknown {
  const paths = pathsIn(value);
  const path = paths[at % paths.length] ?? [];
  return rebuilt(value, path, (found) => {
    if (kind === "drop") return undefined;
    if (kind === "repeat") return Array.isArray(found) ? [...found, ...found] : [found, found];
    if (kind === "add" && isPlain(found)) return withOwn(found, name, other);
    return other;
  });
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Also under the name `__proto__`, which a literal would take for the prototype. */
function withOwn(value: object, name: string, other: unknown): object {
  const made = { ...value };
  Object.defineProperty(made, name, { value: other, enumerable: true, configurable: true });
  return made;
}

function rebuilt(value: unknown, path: Path, change: (found: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((one, n) => (n === step ? rebuilt(one, rest, change) : one));
  const fields = Object.entries(value as object).flatMap(([name, one]) => {
    const next = name === step ? rebuilt(one, rest, change) : one;
    return next === undefined ? [] : [[name, next] as const];
  });
  return Object.fromEntries(fields);
}
