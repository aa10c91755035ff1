import * as z from "zod";
import type { Route } from "../../../functions/kit/route.ts";
import type { Records } from "./scene.ts";

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
}

type Path = readonly (string | number)[];

/** A place in a body where the id of a record is expected. */
export interface Position {
  readonly pointer: string;
  readonly path: Path;
  /** The kind of record, as the scene names it. */
  readonly kind: string;
}

/** Fields that name records, and the kind that they name. */
const kindsByName: Readonly<Record<string, string>> = {
  customer: "customer",
  contact: "contact",
  invoice: "invoice",
  invoices: "invoice",
  payment: "payment",
  credit: "credit",
  quote: "quote",
  applications: "application",
  unapply: "application",
  recurring: "recurring",
  document: "document",
};

const jsonOf = (schema: z.ZodType): Schema =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }) as Schema;

/** Every place of a route's body that names a record. */
export function bodyPositions({ body }: Route): Position[] {
  if (!body) return [];
  // Settings have sections that are called as documents are; no record is named there.
  return positionsIn(jsonOf(body), []).filter(({ path }) => path[0] !== "settings");
}

function positionsIn(schema: Schema, path: Path): Position[] {
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const inner = branches.flatMap((branch) => positionsIn(branch, path));
  for (const [name, value] of Object.entries(schema.properties ?? {})) {
    inner.push(...positionsIn(value, [...path, name]));
  }
  if (schema.items) inner.push(...positionsIn(schema.items, [...path, 0]));
  const name = path.findLast((step) => typeof step === "string");
  const kind = kindsByName[String(name ?? "")];
  const isOne = schema.type === "string" && !("const" in schema) && kind !== undefined;
  const own = isOne ? [{ pointer: ["#", ...path].join("/"), path, kind }] : [];
  return [...new Map([...own, ...inner].map((one) => [one.pointer, one])).values()];
}

/** Filters that name a record. */
export function queryPositions({ query }: Route): string[] {
  if (!query) return [];
  const names = Object.keys(jsonOf(query).properties ?? {});
  return names.filter((name) => name === "subject" || kindsByName[name] !== undefined);
}

export const isPaged = ({ query }: Route): boolean =>
  query !== undefined && "after" in (jsonOf(query).properties ?? {});

const texts: Readonly<Record<string, string>> = {
  currency: "USD",
  email: "new@acme.test",
  startOn: "2027-05-01",
};

/** The least body that the schema takes, with an id at a place and own ids wherever else. */
export function bodyWith(
  route: Route,
  { path }: Position,
  ids: { own: Records; id: string },
): unknown {
  if (!route.body) return undefined;
  const made = sample(jsonOf(route.body), { path, name: "", ...ids });
  return { ...(made as object), ...demanded[route.operation] };
}

/** What a body must have beside its required fields, which a schema can't tell: one of two, say. */
const demanded: Readonly<Record<string, object>> = {
  createCredit: { amount: 10 },
  announceDocument: { name: "a.pdf", contentType: "application/pdf", size: 10 },
};

interface Wanted {
  readonly path: Path | undefined;
  readonly name: string;
  readonly own: Records;
  readonly id: string;
}

function sample(schema: Schema, wanted: Wanted): unknown {
  const { path, name, own, id } = wanted;
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return sample(branchFor(branches, path), wanted);
  if ("const" in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.type === "object") return objectWith(schema, wanted);
  if (schema.type === "array") {
    const inner = path?.[0] === 0 ? path.slice(1) : undefined;
    return [sample(schema.items ?? {}, { ...wanted, path: inner })];
  }
  if (schema.type === "string") {
    if (path?.length === 0) return id;
    return own[kindsByName[name] ?? ""] ?? texts[name] ?? "Work";
  }
  if (schema.type === "boolean") return false;
  return schema.type === "null" ? null : Math.max(schema.minimum ?? 0, 1);
}

function objectWith({ properties = {}, required = [] }: Schema, wanted: Wanted): object {
  const { path } = wanted;
  const fields = Object.entries(properties).flatMap(([name, value]) => {
    const isNext = path?.[0] === name;
    if (!isNext && !required.includes(name)) return [];
    const inner = isNext ? path?.slice(1) : undefined;
    return [[name, sample(value, { ...wanted, path: inner, name })] as const];
  });
  return Object.fromEntries(fields);
}

/** The branch through which the path leads; else the one with most to say. */
function branchFor(branches: readonly Schema[], path: Path | undefined): Schema {
  const [next] = path ?? [];
  const leads = (one: Schema): boolean => {
    const inner = one.anyOf ?? one.oneOf;
    if (inner) return inner.some(leads);
    if (path === undefined) return one.type !== "null" && !("const" in one);
    if (next === undefined) return one.type === "string" && !("const" in one);
    return typeof next === "number" ? one.type === "array" : next in (one.properties ?? {});
  };
  return branches.find(leads) ?? branches[0] ?? {};
}
