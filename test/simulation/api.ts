import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { AreaHandler } from "../../functions/kit/area.ts";
import type { Deps } from "../../functions/kit/deps.ts";
import { routerFor } from "../../functions/kit/router.ts";
import { routes } from "../../functions/routes.ts";

// biome-ignore lint/suspicious/noExplicitAny: answers are read field by field
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

export interface Request {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

type Build = (deps: Deps) => AreaHandler;
const find = routerFor(routes);
const areas = new Map<string, Build>();

/** One request to one process, which is made for it. */
export async function handle(deps: Deps, request: Request): Promise<Answer> {
  const [path = "", query = ""] = request.path.split("?");
  const match = find(request.method, path);
  const build = await areaOf(match.found ? match.route.area : "customers");
  const result = await build(deps)(eventOf(request, path, query));
  const { statusCode = 200, headers = {}, body = "" } = result;
  const isJson = String(headers["content-type"] ?? "").includes("json");
  return {
    status: statusCode,
    headers: headers as Record<string, string>,
    body: isJson && body !== "" ? JSON.parse(body) : body,
  };
}

/** Loaded before two requests meet: a module that is read takes as long as it takes. */
export async function loadAreas(): Promise<void> {
  for (const { area } of routes) await areaOf(area);
}

async function areaOf(area: string): Promise<Build> {
  const known = areas.get(area);
  if (known) return known;
  const file = new URL(`../../functions/areas/${area}.ts`, import.meta.url).href;
  const { build } = (await import(/* @vite-ignore */ file)) as { build: Build };
  areas.set(area, build);
  return build;
}

function eventOf(request: Request, path: string, query: string): APIGatewayProxyEventV2 {
  const { method, body } = request;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    headers: { "content-type": "application/json", ...request.headers },
    ...(query ? { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) } : {}),
    requestContext: {
      requestId: request.id,
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "simulator" },
    } as APIGatewayProxyEventV2["requestContext"],
    ...(body === undefined ? {} : { body: text }),
    isBase64Encoded: false,
  };
}
