import middy from "@middy/core";
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from "aws-lambda";
import { loadAgency } from "../../domain/agencies/agency.store.ts";
import { dayIn } from "../../domain/shared/calendar.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import { admitAnybody, admitted, shareOf } from "./admission.ts";
import type { Deps } from "./deps.ts";
import { heardFromEdge } from "./edge.ts";
import { execute } from "./execute.ts";
import { hashText, type IdempotencyScope } from "./idempotency.ts";
import { problems, protectedAnswers } from "./middleware.ts";
import type { Call, NumberRace, Operation, Outcome, Principal } from "./operation.ts";
import { jsonBodyOf, parseWith, rawBodyOf, requireSmallBody } from "./parse.ts";
import { Refused, unrouted } from "./refused.ts";
import type { Area, Route } from "./route.ts";
import { hasWrongId, type Match, routerFor } from "./router.ts";
import { requirePortalHeader, sessionCookies } from "./session-principal.ts";

export type AreaHandler = (
  event: APIGatewayProxyEventV2,
  context?: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * The Lambda of one area: finds the operation, asks who calls, runs it. It knows its own routes alone:
 * schemas take long to make. To one area `$default` comes, too (any request that no route takes), and gets
 * its 404 or 405 from the whole table.
 */
export function buildArea(
  definition: { readonly area: Area; readonly operations: readonly Operation[] },
  everyRoute?: () => Promise<readonly Route[]>,
): (deps: Deps) => AreaHandler {
  const routing = routerFor(definition.operations.map(({ route }) => route));
  const byName = new Map(definition.operations.map((one) => [one.route.operation, one]));
  return (deps) => {
    const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
      .use(heardFromEdge(deps))
      .use(protectedAnswers(deps))
      .use(sessionCookies())
      .use(problems(deps))
      .handler(async (event) => {
        const { method, path } = event.requestContext.http;
        const match = routing(method, path);
        if (!match.found) throw unrouted(await allowedAt(everyRoute, { method, path }));
        const found = byName.get(match.route.operation);
        if (!found) throw new Error(`${definition.area} has no ${match.route.operation}`);
        return resultOf(await answer(deps, { operation: found, match, event }));
      });
    return (event, context) => handler(event, context ?? ({} as Context));
  };
}

async function allowedAt(
  everyRoute: (() => Promise<readonly Route[]>) | undefined,
  { method, path }: { readonly method: string; readonly path: string },
): Promise<readonly string[]> {
  const match = routerFor((await everyRoute?.()) ?? [])(method, path);
  return match.found ? [] : match.allow;
}

interface Request {
  readonly operation: Operation;
  readonly match: Match;
  readonly event: APIGatewayProxyEventV2;
}

const nobody = { agency: "agy_", role: "viewer", actor: {}, name: "" } as unknown as Principal;

async function answer(deps: Deps, request: Request): Promise<Outcome> {
  const { route } = request.operation;
  requireSmallBody(rawBodyOf(request.event));
  if (route.auth === "none") {
    requirePortalHeader(route, request.event);
    admitAnybody(deps, route, request.event);
    const call = newCall(deps, request, { principal: nobody, tenant: undefined });
    return execute(request.operation, () => call, undefined);
  }
  const principal = await admitted(deps, route, request.event);
  if (hasWrongId(request.match)) {
    throw new Refused(refuse("request.not-found", "There is no such record."));
  }
  const tenant = await deps.tenant(principal.agency);
  const scope = scopeOf(request.event, principal);
  const who = { principal, tenant };
  const shared = shareOf(deps, principal, tenant);
  try {
    return await execute(request.operation, () => newCall(deps, request, who), scope);
  } finally {
    await shared;
  }
}

function scopeOf(
  event: APIGatewayProxyEventV2,
  principal: Principal,
): IdempotencyScope | undefined {
  const key = event.headers["idempotency-key"];
  const { method, path } = event.requestContext.http;
  if (key === undefined || method === "GET") return undefined;
  if (key.length === 0 || key.length > 255) {
    throw new Refused(refuse("request.invalid", "An Idempotency-Key has 1 to 255 characters."));
  }
  const request = hashText([method, path, event.rawQueryString, rawBodyOf(event)].join("\n"));
  return { principal: principal.name, key, request };
}

function newCall(
  deps: Deps,
  { operation, match, event }: Request,
  who: { readonly principal: Principal; readonly tenant: Tenant | undefined },
): Call {
  const now = deps.now();
  const { route } = operation;
  const tenant = who.tenant as Tenant;
  // Nearly every operation needs the settings: they are on their way while it loads its record.
  const agency = tenant ? loadAgency(tenant) : undefined;
  agency?.catch(() => undefined);
  const numbers: NumberRace = { taken: undefined, reserved: undefined };
  const seed = () => ({ nowMs: Date.parse(now), random: deps.random(10) });
  const call: Call = {
    ...{ deps, event, now, tenant, numbers, seed },
    principal: who.principal,
    params: match.params,
    body: () => bodyOf(route, event) as never,
    query: () => parseWith(route.query ?? emptyQuery, event.queryStringParameters ?? {}) as never,
    agency: () => agency ?? Promise.reject(new Error(`${route.operation} has no agency`)),
    requireVersion: (record) => requireVersion(event, record),
    ledgerContext: ({ settings }) => ({
      now,
      today: dayIn(now, settings.timeZone),
      actor: who.principal.actor,
      seed: seed(),
    }),
  };
  return call;
}

import * as z from "zod";

const emptyQuery = z.strictObject({});
const emptyBody = z.strictObject({});

const bodyOf = (route: Route, event: APIGatewayProxyEventV2): unknown =>
  parseWith(route.body ?? emptyBody, jsonBodyOf(event));

function requireVersion(event: APIGatewayProxyEventV2, record: { readonly version: number }): void {
  const given = event.headers["if-match"];
  if (given === undefined || given.trim() === "*") return;
  const version = given.trim().replace(/^W\//, "").replaceAll('"', "");
  if (version === String(record.version)) return;
  throw new Refused(
    refuse("write.stale", `The record is at version ${record.version}, not ${version}.`),
  );
}

function resultOf(outcome: Outcome): APIGatewayProxyStructuredResultV2 {
  const { status, headers = {}, body, bytes } = outcome;
  if (bytes) {
    const text = Buffer.from(bytes).toString("base64");
    return { statusCode: status, headers: { ...headers }, body: text, isBase64Encoded: true };
  }
  if (body === undefined) return { statusCode: status, headers: { ...headers } };
  const type = headers["content-type"] ?? "application/json; charset=utf-8";
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { statusCode: status, headers: { ...headers, "content-type": type }, body: text };
}
