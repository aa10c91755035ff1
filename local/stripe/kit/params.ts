import * as z from "zod";
import { badParameter, type StripeFailure } from "./failure.ts";
import type { Form, FormValue } from "./form.ts";

/** A schema may name only parameters that the Stripe library knows too. */
export type Known<Params> = { [Name in keyof Params]?: z.ZodType };

export type Metadata = Record<string, string>;

const refused = (code: string, message: string) => ({
  code: "custom" as const,
  message,
  params: { code },
});

const cannotBeEmpty =
  "You passed an empty string. We assume empty values are an attempt to unset a parameter; " +
  "however this parameter cannot be unset. Remove it from your request or supply a value.";

export const text = (lengthMax = 5000) =>
  z.string().check((context) => {
    if (context.value === "") {
      context.issues.push({
        ...refused("parameter_invalid_empty", cannotBeEmpty),
        input: context.value,
      });
    }
    if (context.value.length > lengthMax) {
      const message = `Invalid string: must be at most ${lengthMax} characters`;
      context.issues.push({
        ...refused("parameter_invalid_string", message),
        input: context.value,
      });
    }
  });

export const integer = () =>
  z.string().transform((value, context) => {
    if (/^-?\d{1,15}$/.test(value)) return Number(value);
    context.addIssue(refused("parameter_invalid_integer", `Invalid integer: ${value}`));
    return z.NEVER;
  });

export const boolean = () =>
  z.string().transform((value, context) => {
    if (value === "true" || value === "false") return value === "true";
    context.addIssue(refused("parameter_invalid_boolean", `Invalid boolean: ${value}`));
    return z.NEVER;
  });

export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.string().transform((value, context): Values[number] => {
    if (values.includes(value)) return value;
    const message = `Invalid value: must be one of ${values.join(", ")}`;
    context.addIssue(refused("parameter_invalid_enum", message));
    return z.NEVER;
  });

export const webAddress = () =>
  text().refine((value) => URL.canParse(value) && /^[a-z]+:/i.test(value), {
    message: "Not a valid URL",
    params: { code: "url_invalid" },
  });

/** The empty string unsets a field. */
export const emptyable = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([z.literal("").transform(() => null), schema]);

export const list = <Schema extends z.ZodType>(schema: Schema) => z.array(schema);

export const object = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape);

/** https://docs.stripe.com/metadata: 50 keys of 40 characters with values of 500. */
export const metadata = () =>
  emptyable(
    z
      .record(z.string().max(40), z.string().max(500))
      .refine((all) => Object.keys(all).length <= 50, {
        message: "Metadata can have at most 50 keys",
        params: { code: "parameter_invalid_hash" },
      }),
  );

export const createdRange = () =>
  z.union([
    integer(),
    z.strictObject({
      gt: integer().optional(),
      gte: integer().optional(),
      lt: integer().optional(),
      lte: integer().optional(),
    }),
  ]);

export const paging = {
  limit: integer().optional(),
  starting_after: text().optional(),
  ending_before: text().optional(),
};

/** Every endpoint takes `expand[]`. */
export const params = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ ...shape, expand: z.array(text()).optional() });

export function readParams<Schema extends z.ZodType>(schema: Schema, form: Form): z.output<Schema> {
  const parsed = schema.safeParse(form);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue === undefined) throw new TypeError("a failed parse without an issue");
  throw failureOf(issue, form);
}

function failureOf(issue: z.core.$ZodIssue, form: Form): StripeFailure {
  const param = spokenPath(issue.path);
  if (issue.code === "unrecognized_keys") {
    const names = issue.keys.map((key) => spokenPath([...issue.path, key]));
    const plural = names.length > 1 ? "s" : "";
    const message = `Received unknown parameter${plural}: ${names.join(", ")}`;
    return badParameter("parameter_unknown", names[0] ?? "", message);
  }
  if (issue.code === "invalid_union") return ofUnion(issue, form);
  if (valueAt(form, issue.path) === undefined) {
    return badParameter("parameter_missing", param, `Missing required param: ${param}.`);
  }
  if (issue.code === "custom") {
    const code: unknown = issue.params?.code;
    return badParameter(
      typeof code === "string" ? code : "parameter_invalid",
      param,
      issue.message,
    );
  }
  const wanted = issue.code === "invalid_type" ? issue.expected : "value";
  return badParameter(`parameter_invalid_${wanted}`, param, `Invalid ${wanted} for ${param}`);
}

/** Of a union's branches the last is the one that takes a value; the others only unset. */
function ofUnion(issue: z.core.$ZodIssueInvalidUnion, form: Form): StripeFailure {
  const inner = issue.errors.at(-1)?.[0];
  if (inner === undefined || valueAt(form, issue.path) === undefined) {
    const param = spokenPath(issue.path);
    return badParameter("parameter_missing", param, `Missing required param: ${param}.`);
  }
  return failureOf({ ...inner, path: [...issue.path, ...inner.path] }, form);
}

function spokenPath(path: readonly PropertyKey[]): string {
  const [first = "", ...rest] = path.map(String);
  return first + rest.map((step) => `[${step}]`).join("");
}

function valueAt(form: Form, path: readonly PropertyKey[]): FormValue | undefined {
  let node: FormValue | undefined = form;
  for (const step of path) {
    if (typeof node !== "object") return undefined;
    node = (node as Record<string, FormValue>)[String(step)];
  }
  return node;
}

/** New values are laid over the old ones; an empty value removes its key, an empty whole removes all. */
export function mergeMetadata(old: Metadata, change: Metadata | null | undefined): Metadata {
  if (change === undefined) return old;
  if (change === null) return {};
  const merged = Object.entries({ ...old, ...change });
  return Object.fromEntries(merged.filter(([, value]) => value !== ""));
}
