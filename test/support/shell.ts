import { randomBytes } from "node:crypto";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { APIGatewayProxyEventV2, DynamoDBStreamEvent } from "aws-lambda";
import type { Agency } from "../../domain/agencies/agency.ts";
import { addDuration } from "../../domain/shared/calendar.ts";
import type { Currency } from "../../domain/shared/currencies.ts";
import type { Item, Tenant } from "../../domain/shared/table.store.ts";
import { contracts } from "../../events/all.ts";
import type { Envelope } from "../../events/envelope.ts";
import { consumers } from "../../functions/consumers/all.ts";
import type { AreaHandler } from "../../functions/kit/area.ts";
import { createAgency } from "../../functions/kit/bootstrap.ts";
import type { Consumer } from "../../functions/kit/consumer.ts";
import type { Deps, RawMail } from "../../functions/kit/deps.ts";
import { wants } from "../../functions/kit/dispatch.ts";
import { routerFor } from "../../functions/kit/router.ts";
import { isOutbox } from "../../functions/publish/envelopes.ts";
import { build as buildPublish } from "../../functions/publish/publish.ts";
import { routes } from "../../functions/routes.ts";
import { type TestTable, testTable } from "./database.ts";
import { permitted } from "./permitted.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or the text as it came. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers field by field
  readonly body: any;
}

export type Headers = Readonly<Record<string, string>>;

/** A string body is sent as it is; anything else as JSON. */
export type ApiCall = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Headers,
) => Promise<Answer>;

export interface Clock {
  now(): string;
  set(instant: string): void;
  /** Forward by an ISO 8601 duration: P1D, PT1H. */
  advance(duration: string): void;
}

export interface Delivery {
  /** How often each event comes; queues deliver at least once. */
  readonly copies?: number;
  /** Events come in a random order, as queues may deliver them. */
  readonly shuffled?: boolean;
  /** Only to these consumers; all of them without. */
  readonly to?: readonly Consumer[];
}

export interface AnAgency {
  readonly agency: Agency;
  readonly apiKey: string;
  readonly tenant: Tenant;
  readonly call: ApiCall;
}

export interface Shell extends AnAgency {
  readonly deps: Deps;
  readonly table: TestTable;
  readonly clock: Clock;
  readonly mails: RawMail[];
  /** What the shell logged as errors: bugs and outages. */
  readonly errors: string[];
  /** Every event that was published so far. */
  readonly published: Envelope[];
  /** Publishes what was written since and runs the consumers until nothing is left. */
  deliver(delivery?: Delivery): Promise<Envelope[]>;
  /** A second agency on the same table. */
  anotherAgency(): Promise<AnAgency>;
}

export interface ShellOptions {
  readonly now?: string;
  readonly currency?: Currency;
  readonly timeZone?: string;
  /** Replaces parts of the outside world: a Stripe gateway, a mail server that fails. */
  readonly deps?: Partial<Deps>;
}

/**
 * The whole API in-process: area handlers, publisher and consumers on a table of its own, each with no more
 * rights than it has when deployed.
 */
export async function aShell(options: ShellOptions = {}): Promise<Shell> {
  const table = await testTable();
  const clock = aClock(options.now ?? "2027-03-01T09:00:00.000Z");
  const outbox: Item[] = [];
  const bus: Envelope[] = [];
  const mails: RawMail[] = [];
  const errors: string[] = [];
  const db = recording(table.db, outbox);
  const deps: Deps = {
    ...outsideWorld({ clock, mails, errors, bus }),
    platform: { db, table: table.table },
    tenant: async (agency) => ({ agency, db, table: table.table }),
    ...options.deps,
  };
  const published: Envelope[] = [];
  const enter = (): Promise<AnAgency> => anAgency(deps, options);
  return {
    ...(await enter()),
    ...{ deps, table, clock, mails, errors, published },
    deliver: (delivery = {}) => deliver(deps, { outbox, bus, published }, delivery),
    anotherAgency: enter,
  };
}

function aClock(start: string): Clock {
  let now = start;
  return {
    now: () => now,
    set: (instant) => {
      now = instant;
    },
    advance: (duration) => {
      now = addDuration(now, duration);
    },
  };
}

const waitMaxMs = 100;

function outsideWorld(parts: {
  readonly clock: Clock;
  readonly mails: RawMail[];
  readonly errors: string[];
  readonly bus: Envelope[];
}): Omit<Deps, "platform" | "tenant"> {
  return {
    config: {
      table: "",
      publicUrl: "http://drawdown.test",
      mailFrom: "billing@drawdown.test",
      isProduction: false,
    },
    now: parts.clock.now,
    random: (bytes) => randomBytes(bytes),
    // A test's clock stands still: what waits for others gives way to them, and nothing sleeps.
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, waitMaxMs))),
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (message, fields) => parts.errors.push(`${message} ${JSON.stringify(fields)}`),
    },
    stripe: () => Promise.reject(new Error("this test has no Stripe")),
    webhookSecret: async () => "whsec_test",
    fileLinks: () => Promise.reject(new Error("this test has no storage")),
    files: () => Promise.reject(new Error("this test has no storage")),
    sendMail: async (mail) => {
      parts.mails.push(mail);
    },
    putEvents: async (envelopes) => {
      parts.bus.push(...envelopes);
    },
    sendDue: () => Promise.reject(new Error("a test ticks by itself")),
  };
}

/** Notes committed records, as the table's stream does. */
function recording(db: DynamoDBDocumentClient, outbox: Item[]): DynamoDBDocumentClient {
  const send = async (command: unknown) => {
    const answer = await db.send(command as never);
    if (command instanceof TransactWriteCommand) {
      const puts = (command.input.TransactItems ?? []).flatMap(({ Put }) => Put?.Item ?? []);
      outbox.push(...puts.filter(isOutbox));
    }
    return answer;
  };
  return new Proxy(db, {
    get: (target, name) => (name === "send" ? send : Reflect.get(target, name)),
  });
}

async function anAgency(deps: Deps, options: ShellOptions): Promise<AnAgency> {
  const { agency, apiKey } = await createAgency(deps, {
    name: "Studio North",
    email: "hello@north.test",
    currency: options.currency ?? "USD",
    timeZone: options.timeZone ?? "UTC",
  });
  return { agency, apiKey, tenant: await deps.tenant(agency.id), call: caller(deps, apiKey) };
}

/** Calls the API with any headers; a key in them replaces the agency's own. */
export function caller(deps: Deps, apiKey: string): ApiCall {
  const handlers = new Map<string, Promise<AreaHandler>>();
  const find = routerFor(routes);
  return async (method, path, body, headers = {}) => {
    const [rawPath = "", query = ""] = path.split("?");
    const match = find(method, rawPath);
    const area = match.found ? match.route.area : "agencies";
    if (!handlers.has(area)) handlers.set(area, loadArea(deps, area));
    const handler = await (handlers.get(area) as Promise<AreaHandler>);
    const event = anApiEvent({ method, path: rawPath, query, body, headers, apiKey });
    const result = await handler(event);
    return answerOf(result);
  };
}

async function loadArea(deps: Deps, area: string): Promise<AreaHandler> {
  const file = new URL(`../../functions/areas/${area}.ts`, import.meta.url).href;
  const loaded = (await import(/* @vite-ignore */ file)) as {
    build: (deps: Deps) => AreaHandler;
  };
  return loaded.build(permitted(deps, area));
}

function anApiEvent(request: {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  readonly headers: Headers;
  readonly apiKey: string;
}): APIGatewayProxyEventV2 {
  const { method, path, query, body, headers, apiKey } = request;
  const raw = typeof body === "string" ? body : JSON.stringify(body);
  const parameters = Object.fromEntries(new URLSearchParams(query));
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    headers: { "api-key": apiKey, "content-type": "application/json", ...headers },
    ...(query ? { queryStringParameters: parameters } : {}),
    requestContext: {
      requestId: randomBytes(8).toString("hex"),
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
    } as APIGatewayProxyEventV2["requestContext"],
    ...(body === undefined ? {} : { body: raw }),
    isBase64Encoded: false,
  };
}

function answerOf(result: Awaited<ReturnType<AreaHandler>>): Answer {
  const { statusCode = 200, headers = {}, body = "" } = result;
  const isJson = String(headers["content-type"] ?? "").includes("json");
  return {
    status: statusCode,
    headers: headers as Record<string, string>,
    body: isJson && body !== "" ? JSON.parse(body) : body,
  };
}

interface Pipes {
  readonly outbox: Item[];
  readonly bus: Envelope[];
  readonly published: Envelope[];
}

async function deliver(deps: Deps, pipes: Pipes, delivery: Delivery): Promise<Envelope[]> {
  const publish = buildPublish(permitted(deps, "publish"));
  const delivered: Envelope[] = [];
  while (pipes.outbox.length + pipes.bus.length > 0) {
    const { batchItemFailures } = await publish(streamEvent(pipes.outbox.splice(0)));
    if (batchItemFailures.length > 0) throw new Error("a record was not published");
    const envelopes = pipes.bus.splice(0);
    for (const envelope of envelopes) requireContract(envelope);
    delivered.push(...envelopes);
    pipes.published.push(...envelopes);
    await consume(deps, envelopes, delivery);
  }
  return delivered;
}

/** A name that nobody promised, or data unlike what was promised, is a bug of whoever wrote the record. */
function requireContract({ type, data }: Envelope): void {
  const known = contracts.find(({ name }) => name === type);
  if (!known) throw new Error(`events/all.ts knows no ${type}: it needs a contract`);
  known.data.parse(data);
}

async function consume(
  deps: Deps,
  envelopes: readonly Envelope[],
  { copies = 1, shuffled = false, to = consumers }: Delivery,
): Promise<void> {
  const allowed = permitted(deps, "consumers");
  const all = Array.from({ length: copies }, () => envelopes).flat();
  for (const envelope of shuffled ? inRandomOrder(all) : all) {
    for (const one of to) if (wants(one, envelope.type)) await one.run(allowed, envelope);
  }
}

const inRandomOrder = <T>(all: readonly T[]): T[] =>
  all
    .map((one) => ({ one, place: randomBytes(4).readUInt32BE() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);

/** New items as the table's stream reports them. */
export function streamEvent(items: readonly Item[]): DynamoDBStreamEvent {
  return {
    Records: items.map((item, index) => ({
      eventName: "INSERT",
      dynamodb: {
        SequenceNumber: String(index + 1),
        NewImage: imageOf(item) as never,
      },
    })),
  };
}

const imageOf = (item: Item): Record<string, AttributeValue> =>
  marshall(item, { removeUndefinedValues: true });
