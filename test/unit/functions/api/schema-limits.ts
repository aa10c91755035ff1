type Schema = { readonly [name: string]: unknown };

/** A field on the way to a limit, with what must stand beside it so that its branch is meant. */
interface Step {
  readonly name: string | number;
  readonly beside: Readonly<Record<string, unknown>>;
}

export interface Limit {
  readonly pointer: string;
  /** Values that must be refused by the pointer. */
  readonly bad: readonly unknown[];
  /** Values that must not. */
  readonly good: readonly unknown[];
  /** A body with nothing in it but this. */
  readonly bodyWith: (value: unknown) => unknown;
}

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;

/** Texts whose form a schema can't tell: patterns of numbers, time zones, addresses of pages. */
const hasForm = /\/(numbering\/\w+|timeZone|successUrl|cancelUrl|slug|logo|color)$/;

/** Every bound that a schema tells, with the path to it. */
export function limitsIn(schema: Schema, path: readonly Step[] = []): Limit[] {
  const inner = branchesOf(schema).flatMap((branch) => limitsIn(branch, path));
  if (schema.type === "object" && isSchema(schema.properties)) {
    const beside = constantsOf(schema.properties);
    for (const [name, value] of Object.entries(schema.properties)) {
      if (isSchema(value)) inner.push(...limitsIn(value, [...path, { name, beside }]));
    }
  }
  if (schema.type === "array" && isSchema(schema.items)) {
    inner.push(...limitsIn(schema.items, [...path, { name: 0, beside: {} }]));
  }
  const pointer = ["#", ...path.map(({ name }) => name)].join("/");
  const own = boundsOf(schema, hasForm.test(pointer));
  if (own.bad.length === 0) return inner;
  return [...inner, { pointer, ...own, bodyWith: (value) => bodyOf(path, value) }];
}

function branchesOf({ anyOf, oneOf }: Schema): Schema[] {
  return [anyOf, oneOf].flatMap((one) => (Array.isArray(one) ? one.filter(isSchema) : []));
}

function constantsOf(properties: Schema): Record<string, unknown> {
  const constants = Object.entries(properties).filter(
    ([, value]) => isSchema(value) && "const" in value,
  );
  return Object.fromEntries(constants.map(([name, value]) => [name, (value as Schema).const]));
}

const bodyOf = (path: readonly Step[], value: unknown): unknown =>
  path.toReversed().reduce<unknown>((inside, { name, beside }) => {
    return typeof name === "number" ? [inside] : { ...beside, [name]: inside };
  }, value);

type Bounds = Pick<Limit, "bad" | "good">;

function boundsOf(schema: Schema, isFormed: boolean): Bounds {
  if (schema.type === "integer" || schema.type === "number") return numberBounds(schema);
  if (schema.type === "array") return listBounds(schema);
  return schema.type === "string" ? textBounds(schema, isFormed) : { bad: [], good: [] };
}

/** More decimals than anything may have. */
const tooFine = 1.000_000_01;

function numberBounds({ type, minimum, maximum, exclusiveMinimum }: Schema): Bounds {
  const bad: unknown[] = ["1", true, type === "integer" ? 1.5 : tooFine];
  const good: unknown[] = [];
  if (typeof minimum === "number") {
    bad.push(minimum - 1);
    good.push(minimum);
  }
  if (typeof exclusiveMinimum === "number") bad.push(exclusiveMinimum, exclusiveMinimum - 1);
  if (typeof maximum === "number") {
    bad.push(maximum + 1);
    good.push(maximum);
  }
  return { bad, good };
}

function listBounds({ maxItems }: Schema): Bounds {
  if (typeof maxItems !== "number") return { bad: ["entries"], good: [] };
  return {
    bad: ["entries", Array.from({ length: maxItems + 1 }, (_, n) => `entry ${n}`)],
    good: [],
  };
}

const impossibleDays = ["2027-02-29", "2027-13-01", "1.2.2027", "3000-01-01"];

function textBounds(schema: Schema, isFormed: boolean): Bounds {
  const { maxLength, format, pattern } = schema;
  if (Array.isArray(schema.enum)) return { bad: ["none of them"], good: schema.enum };
  if (format === "date") return { bad: impossibleDays, good: ["2028-02-29", "2999-12-31"] };
  if (pattern === "^[A-Z]{3}$") return { bad: ["usd", "XYZ", "US"], good: ["USD", "JPY", "KWD"] };
  if (typeof maxLength !== "number") return { bad: [], good: [] };
  const isFree = pattern === undefined && format === undefined && !isFormed;
  return { bad: ["x".repeat(maxLength + 1)], good: isFree ? ["x".repeat(maxLength)] : [] };
}
