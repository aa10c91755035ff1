import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { openApiOf } from "../../../functions/api/docs/openapi.ts";
import type { Route } from "../../../functions/kit/route.ts";
import { routes } from "../../../functions/routes.ts";
import type { Answer } from "../../support/shell.ts";
import type { Schema } from "./generated.ts";

interface Operation {
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, unknown>> }>
  >;
}

/** The document as callers read it: what a schema can't say in JSON is lost here as it is for them. */
const document = JSON.parse(JSON.stringify(openApiOf(routes, "/"))) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

export function operationOf({ path, method }: Route): Operation {
  const found = document.paths[path]?.[method.toLowerCase()];
  if (!found) throw new Error(`no ${method} ${path} there`);
  return found;
}

export const bodySchemaOf = (route: Route): Schema =>
  operationOf(route).requestBody?.content["application/json"]?.schema ?? { type: "object" };

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, "document");

const compiled = new Map<string, ValidateFunction>();

function validatorAt(pointer: string): ValidateFunction {
  const known = compiled.get(pointer);
  if (known) return known;
  const made = ajv.compile({ $ref: `document#${pointer}` });
  compiled.set(pointer, made);
  return made;
}

const escaped = (part: string): string =>
  encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));

/** How an answer differs from what the document promises; nothing when it doesn't. */
export function departures(route: Route, { status, headers, body }: Answer): string[] {
  const promised = operationOf(route).responses[String(status)];
  if (!promised) return [`${status} (${body?.code}) is not in the document`];
  const type = String(headers["content-type"] ?? "").split(";")[0] ?? "";
  if (!promised.content) return body === "" ? [] : [`${status} has a body`];
  if (!(type in promised.content)) return [`${status} comes as ${type || "nothing"}`];
  if (!type.includes("json")) return [];
  const parts = ["paths", route.path, route.method.toLowerCase(), "responses", String(status)];
  const pointer = [...parts, "content", type, "schema"].map((part) => `/${escaped(part)}`).join("");
  const validate = validatorAt(pointer);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${status} ${instancePath} ${message}`,
  );
}
