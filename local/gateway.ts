import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { AreaHandler } from "../functions/kit/area.ts";
import type { Area } from "../functions/kit/route.ts";
import type { Routing } from "../functions/kit/router.ts";

/** A request as it came over the wire. */
export interface GatewayRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly sourceIp: string;
  readonly requestId: string;
  readonly nowMs: number;
}

interface GatewayParts {
  readonly matchRoute: (method: string, path: string) => Routing;
  /** Takes what no route takes: it answers 404 or 405 itself. */
  readonly fallback: Area;
  readonly handlerOf: (area: Area) => Promise<AreaHandler>;
}

export type Gateway = (request: GatewayRequest) => Promise<Response>;

/** API Gateway's HTTP API, payload format 2.0: the same handlers, the same events, the same answers. */
export function createGateway({ matchRoute, fallback, handlerOf }: GatewayParts): Gateway {
  return async (request) => {
    const path = pathOf(request.target);
    const match = matchRoute(request.method, path);
    const handler = await handlerOf(match.found ? match.route.area : fallback);
    return responseOf(await handler(eventOf(request, match)));
  };
}

const pathOf = (target: string): string => target.split("?", 1)[0] ?? "";

/** The event that the request becomes. */
export function eventOf(request: GatewayRequest, match: Routing): APIGatewayProxyEventV2 {
  const { target, headers } = request;
  const query = target.slice(pathOf(target).length + 1);
  const parameters = queryOf(query);
  const params = match.found ? match.params : {};
  const cookies = headers.get("cookie")?.split(/;\s*/).filter(Boolean);
  return {
    version: "2.0",
    routeKey: match.found ? `${match.route.method} ${match.route.path}` : "$default",
    rawPath: pathOf(target),
    rawQueryString: query,
    headers: Object.fromEntries([...headers].filter(([name]) => name !== "cookie")),
    requestContext: contextOf(request, match),
    ...(cookies ? { cookies } : {}),
    ...(query === "" ? {} : { queryStringParameters: parameters }),
    ...(Object.keys(params).length === 0 ? {} : { pathParameters: { ...params } }),
    ...bodyOf(request),
  };
}

function contextOf(
  { method, target, headers, sourceIp, requestId, nowMs }: GatewayRequest,
  match: Routing,
): APIGatewayProxyEventV2["requestContext"] {
  const host = headers.get("host") ?? "localhost";
  return {
    accountId: "000000000000",
    apiId: "local",
    domainName: host,
    domainPrefix: "local",
    http: {
      method,
      path: pathOf(target),
      protocol: "HTTP/1.1",
      sourceIp,
      userAgent: headers.get("user-agent") ?? "",
    },
    requestId,
    routeKey: match.found ? `${match.route.method} ${match.route.path}` : "$default",
    stage: "$default",
    time: new Date(nowMs).toUTCString(),
    timeEpoch: nowMs,
  };
}

/** A name given twice has its values joined by a comma. */
function queryOf(query: string): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    joined[name] = name in joined ? `${joined[name]},${value}` : value;
  }
  return joined;
}

const textTypes = /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded)|.+\+json)/i;

/** Text comes as text; anything else, or text that isn't UTF-8, in base 64. */
function bodyOf({ headers, body }: GatewayRequest): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = textTypes.test(headers.get("content-type") ?? "text/plain");
  const text = isText ? decoded(body) : undefined;
  if (text !== undefined) return { body: text, isBase64Encoded: false };
  return { body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
}

function decoded(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** Statuses whose answers have no body: the platform refuses even an empty one. */
const bodiless = new Set([204, 205, 304]);

export function responseOf(result: APIGatewayProxyStructuredResultV2): Response {
  const { statusCode = 200, body = "", isBase64Encoded = false, cookies = [] } = result;
  const headers = new Headers();
  for (const [name, value] of Object.entries(result.headers ?? {})) {
    headers.set(name, String(value));
  }
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  if (bodiless.has(statusCode)) return new Response(null, { status: statusCode, headers });
  if (!headers.has("content-type")) headers.set("content-type", "text/plain; charset=utf-8");
  const bytes = isBase64Encoded ? Buffer.from(body, "base64") : body;
  return new Response(bytes, { status: statusCode, headers });
}
