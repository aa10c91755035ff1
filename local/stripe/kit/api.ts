import Stripe from "stripe";
import type { Endpoint } from "./endpoint.ts";
import { expand } from "./expand.ts";
import { type ErrorBody, invalid, StripeFailure } from "./failure.ts";
import { type Form, parseForm } from "./form.ts";
import { newStripeId } from "./ids.ts";
import type { Replay } from "./kinds.ts";
import { readParams } from "./params.ts";
import { type Caller, type Machine, openWorld, platform } from "./world.ts";

const replayHours = 24;

interface Answer {
  status: number;
  body: unknown;
}

/** One request to the API: key, account, idempotency, parameters, one transaction, answer. */
export async function answer(
  machine: Machine,
  endpoint: Endpoint | undefined,
  call: { request: Request; id: string; baseUrl: string },
): Promise<Response> {
  const { request } = call;
  const query = new URL(request.url).search.slice(1);
  const sent = request.method === "GET" ? query : [query, await request.text()];
  const formText = typeof sent === "string" ? sent : sent.filter((part) => part !== "").join("&");
  const requestId = newStripeId("req", machine.random, 14);
  const key = request.method === "POST" ? request.headers.get("idempotency-key") : null;
  const headers = new Headers({
    "content-type": "application/json",
    "request-id": requestId,
    "stripe-version": request.headers.get("stripe-version") ?? Stripe.API_VERSION,
    ...(key === null ? {} : { "idempotency-key": key }),
  });
  const outcome = guarded(() => {
    checkKey(request);
    const caller = callerOf(machine, request, { requestId, key, baseUrl: call.baseUrl });
    if (caller.account !== platform) headers.set("stripe-account", caller.account);
    if (endpoint === undefined) throw unknownRoute(request);
    const work = {
      caller,
      endpoint,
      id: call.id,
      form: parseForm(formText),
      key,
      request,
      formText,
    };
    return key === null ? run(machine, work) : once(machine, { ...work, key }, headers);
  });
  return new Response(JSON.stringify(outcome.body, null, 2), { status: outcome.status, headers });
}

interface Work {
  caller: Caller;
  endpoint: Endpoint;
  id: string;
  form: Form;
  formText: string;
  request: Request;
}

function run(machine: Machine, work: Work): Answer {
  const { endpoint, caller, form } = work;
  const apiVersion = work.request.headers.get("stripe-version") ?? Stripe.API_VERSION;
  return machine.store.transact(() => {
    const params = readParams(endpoint.params, form) as { expand?: string[] };
    const world = openWorld(machine, caller);
    const body = endpoint.run(world, params as never, { id: work.id, apiVersion });
    return { status: 200, body: expand(world, body, params.expand) };
  });
}

/** The same key and request get the first answer again, also when that was an error. */
function once(machine: Machine, work: Work & { key: string }, headers: Headers): Answer {
  const { account } = work.caller;
  if (work.key.length > 255) throw invalid("Idempotency keys have at most 255 characters.");
  const request = `${new URL(work.request.url).pathname}?${work.formText}`;
  const before = machine.store.get(account, "replay", work.key);
  const isKept = before !== undefined && ageHours(before, machine.now()) < replayHours;
  if (isKept) {
    if (before.request !== request) throw keyReused(work.key, before.request, request);
    headers.set("idempotent-replayed", "true");
    headers.set("original-request", before.requestId);
    return { status: before.status, body: before.body };
  }
  const keep = (answered: Answer): Answer => {
    const requestId = work.caller.request.id ?? "";
    const value = { ...answered, request, requestId, at: machine.now() };
    machine.store.put(account, "replay", { id: work.key, value });
    return answered;
  };
  try {
    return machine.store.transact(() => keep(runKeeping(machine, work)));
  } catch (error) {
    if (!(error instanceof StripeFailure) || error.beforeExecution) throw error;
    return machine.store.transact(() => keep(failed(error)));
  }
}

/** A declined charge stays, and is written together with the answer that tells of it. */
function runKeeping(machine: Machine, work: Work): Answer {
  try {
    return run(machine, work);
  } catch (error) {
    if (error instanceof StripeFailure && error.keepsChanges) return failed(error);
    throw error;
  }
}

function ageHours(replay: Replay, now: string): number {
  return (Date.parse(now) - Date.parse(replay.at)) / 3_600_000;
}

function keyReused(key: string, first: string, second: string): StripeFailure {
  const isSamePath = first.split("?")[0] === second.split("?")[0];
  const same = isSamePath ? "parameters they were" : "endpoint they were";
  const message =
    `Keys for idempotent requests can only be used with the same ${same} first used with. ` +
    `Try using a key other than '${key}' if you meant to execute a different request.`;
  return new StripeFailure(400, { type: "idempotency_error", message });
}

function guarded(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof StripeFailure) return failed(error);
    const message = `The stand-in failed: ${error instanceof Error ? error.message : "unknown"}`;
    console.error(error);
    return { status: 500, body: { error: { type: "api_error", message } satisfies ErrorBody } };
  }
}

function failed(failure: StripeFailure): Answer {
  const { code } = failure.body;
  const help = code === undefined ? {} : { doc_url: `https://stripe.com/docs/error-codes/${code}` };
  return { status: failure.status, body: { error: { ...failure.body, ...help } } };
}

function checkKey(request: Request): void {
  const header = request.headers.get("authorization") ?? "";
  const [scheme = "", given = ""] = header.split(" ");
  const key =
    scheme.toLowerCase() === "basic"
      ? Buffer.from(given, "base64").toString().split(":")[0]
      : given;
  if (key === undefined || key === "") {
    const message = "You did not provide an API key, as `Authorization: Bearer YOUR_SECRET_KEY`.";
    throw new StripeFailure(401, { type: "invalid_request_error", message });
  }
  if (!key.startsWith("sk_")) {
    const message = `Invalid API Key provided: ${key.slice(0, 7)}****`;
    throw new StripeFailure(401, { type: "invalid_request_error", message });
  }
}

function callerOf(
  machine: Machine,
  request: Request,
  details: { requestId: string; key: string | null; baseUrl: string },
): Caller {
  const named = request.headers.get("stripe-account");
  const account = named ?? platform;
  const { store } = machine;
  const isKnown =
    named === null ||
    (store.get(platform, "account", named) !== undefined &&
      store.get(platform, "deauthorized", named) === undefined);
  if (!isKnown) {
    const message =
      `The provided key does not have access to account '${named}' ` +
      "(or that account does not exist). Application access may have been revoked.";
    throw new StripeFailure(403, {
      type: "invalid_request_error",
      code: "account_invalid",
      message,
    });
  }
  const { requestId, key, baseUrl } = details;
  return { account, baseUrl, request: { id: requestId, idempotency_key: key } };
}

function unknownRoute(request: Request): StripeFailure {
  const { pathname } = new URL(request.url);
  const message = `Unrecognized request URL (${request.method}: ${pathname}).`;
  return new StripeFailure(404, { type: "invalid_request_error", message });
}
