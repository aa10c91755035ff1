import * as z from "zod";
import type { Route } from "../../kit/route.ts";
import { problem } from "../replies.ts";

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: "input" | "output"): Json => {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    reused: "inline",
  }) as Json;
  return json;
};

const problems = {
  400: "Malformed or invalid: `errors` names each field",
  401: "No valid API key",
  403: "The role is too low",
  404: "No such record, or another agency's",
  409: "The state of the record doesn't allow it",
  412: "If-Match names another version",
  413: "The body is larger than 256 KB",
  415: "The body is not JSON",
  422: "Well-formed but impossible",
  429: "Too many requests: wait as long as Retry-After says",
  503: "The system can't answer just now: wait as long as Retry-After says",
} as const;

const definitions = "#/$defs/";
const components = "#/components/schemas/";

/** Moves the definitions that lie within schemas to where the document's references find them. */
function hoisted(value: unknown, found: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((one) => hoisted(one, found));
  if (typeof value !== "object" || value === null) return value;
  const { $defs, ...rest } = value as Json;
  for (const [name, schema] of Object.entries(($defs ?? {}) as Json)) {
    const moved = hoisted(schema, found);
    if (name in found && JSON.stringify(found[name]) !== JSON.stringify(moved)) {
      throw new Error(`two schemas are called ${name}`);
    }
    found[name] = moved;
  }
  return Object.fromEntries(
    Object.entries(rest).map(([name, one]) => {
      const isInner = name === "$ref" && typeof one === "string" && one.startsWith(definitions);
      return [name, isInner ? one.replace(definitions, components) : hoisted(one, found)];
    }),
  );
}

/** The OpenAPI document of the given routes, made from the very schemas that requests are parsed with. */
export function openApiOf(routes: readonly Route[], server: string): Json {
  const schemas: Record<string, unknown> = { Problem: schemaOf(problem, "output") };
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const methods = paths[route.path] ?? {};
    methods[route.method.toLowerCase()] = operationOf(route);
    paths[route.path] = methods;
  }
  const ownPaths = hoisted(paths, schemas);
  return {
    openapi: "3.1.0",
    info: {
      title: "Drawdown",
      version: "1",
      summary: "Bill on retainers: money paid ahead, drawn down by invoices, to the cent.",
      description:
        "Amounts are decimal numbers in major units of the object's currency, days are YYYY-MM-DD, " +
        "instants ISO 8601 in UTC. Every POST, PUT, PATCH and DELETE takes an Idempotency-Key.",
    },
    servers: [{ url: server }],
    security: [{ apiKey: [] }, { bearer: [] }],
    paths: ownPaths,
    components: {
      securitySchemes: {
        apiKey: { type: "apiKey", in: "header", name: "api-key" },
        bearer: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "drawdown" },
      },
      schemas,
    },
  };
}

function operationOf(route: Route): Json {
  return {
    operationId: route.operation,
    summary: route.summary,
    tags: [route.tag],
    parameters: [...pathParameters(route), ...queryParameters(route), ...headersOf(route)],
    ...(route.body && route.method !== "GET" ? { requestBody: bodyOf(route.body) } : {}),
    responses: { ...repliesOf(route), ...problemReplies(route) },
    ...securityOf(route),
  };
}

function securityOf({ auth }: Route): Json {
  if (auth === "none") return { security: [] };
  return auth === "contact" ? { security: [{ session: [] }] } : {};
}

const bodyOf = (body: z.ZodType): Json => ({
  content: { "application/json": { schema: schemaOf(body, "input") } },
});

const pathParameters = (route: Route): Json[] =>
  [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));

function queryParameters(route: Route): Json[] {
  if (!route.query) return [];
  const { properties = {}, required = [] } = schemaOf(route.query, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function headersOf({ method, auth }: Route): Json[] {
  if (method === "GET" || auth === "none") return [];
  const header = (name: string, description: string) => ({
    name,
    in: "header",
    required: false,
    description,
    schema: { type: "string" },
  });
  return [
    header("Idempotency-Key", "Up to 255 characters; the answer is replayed for a day"),
    ...(method === "POST" ? [] : [header("If-Match", "The version that the change is meant for")]),
  ];
}

function repliesOf(route: Route): Json {
  return Object.fromEntries(
    Object.entries(route.replies).map(([status, reply]) => [status, replyOf(reply, route.file)]),
  );
}

const contentOf = (mediaTypes: string): Json =>
  Object.fromEntries(
    mediaTypes
      .split(", ")
      .map((type) => [type, { schema: { type: "string", contentMediaType: type } }]),
  );

function replyOf(reply: Route["replies"][number], file: Route["file"]): Json {
  if (reply === null || reply === undefined) return { description: "Done" };
  if (typeof reply === "string") return { description: "The file", content: contentOf(reply) };
  const json = { "application/json": { schema: schemaOf(reply, "output") } };
  return { description: "Done", content: { ...json, ...(file ? contentOf(file) : {}) } };
}

/** Filters that name a record: an unknown one is a 404, not an empty list. */
const namesRecord = ({ query }: Route): boolean =>
  query !== undefined &&
  Object.keys(schemaOf(query, "input").properties ?? {}).some((name) =>
    ["customer", "subject", "agency"].includes(name),
  );

function problemReplies(route: Route): Json {
  const { body, query, path, auth, method } = route;
  const writes = method !== "GET";
  const isPortals = path.startsWith("/portal/");
  const possible = new Set([
    ...(query || writes ? [400] : []),
    ...(auth === "none" ? [] : [401, 403, 429]),
    // Disabled tabs of the portal, and agencies that nobody knows, are not found, either.
    ...(path.includes("{") || body || isPortals || namesRecord(route) ? [404] : []),
    ...(writes && isPortals ? [401, 403, 429] : []),
    ...(writes ? [409, 412, 413, 415, 422] : []),
    503,
  ]);
  const schema = { $ref: "#/components/schemas/Problem" };
  return Object.fromEntries(
    [...possible].map((status) => [
      status,
      {
        description: problems[status as keyof typeof problems],
        content: { "application/problem+json": { schema } },
      },
    ]),
  );
}
