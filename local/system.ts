import { rmSync } from "node:fs";
import { join } from "node:path";
import { consumers } from "../functions/consumers/all.ts";
import type { AreaHandler } from "../functions/kit/area.ts";
import type { Deps } from "../functions/kit/deps.ts";
import { createLimiter } from "../functions/kit/limiter.ts";
import type { Area } from "../functions/kit/route.ts";
import { routerFor } from "../functions/kit/router.ts";
import { build as buildPublish } from "../functions/publish/publish.ts";
import { routes } from "../functions/routes.ts";
import { openBus } from "./bus.ts";
import { openClock } from "./clock.ts";
import { createClockwork } from "./clockwork.ts";
import { createControl } from "./control.ts";
import { startDatabase } from "./database.ts";
import { StartFailure } from "./failure.ts";
import { createFaults, noFaults } from "./faults.ts";
import { noteEndpoint } from "./folder-database.ts";
import { createGate } from "./gate.ts";
import { createGateway } from "./gateway.ts";
import { listen } from "./http.ts";
import { writeJson } from "./json-file.ts";
import { lockFolder } from "./lock.ts";
import { createLog } from "./log.ts";
import { openMailbox } from "./mail.ts";
import { freePort, samePortOrFree } from "./net.ts";
import { type SystemOptions, urlOf } from "./options.ts";
import { identityIn, keepStripePort, localDeps } from "./parts.ts";
import { notReady } from "./problems.ts";
import { isHalfSeeded, readyOf, type Seeded, seedOnce } from "./seed.ts";
import { openFiles } from "./storage/local-files.ts";
import { openStream } from "./stream.ts";
import { serveStandIn } from "./stripe/serve.ts";
import { createStripeStandIn } from "./stripe/stand-in.ts";
import { createTable, databaseClient, deleteTable } from "./table.ts";
import { createTimeline, type DueSource } from "./timeline.ts";

export interface System {
  readonly url: string;
  readonly ready: () => Promise<object>;
  readonly deps: Deps;
  stop(): Promise<void>;
}

const tickMs = 1_000;

const areaHandlers = (deps: Deps): ((area: Area) => Promise<AreaHandler>) => {
  const known = new Map<Area, Promise<AreaHandler>>();
  const load = async (area: Area): Promise<AreaHandler> => {
    const file = new URL(`../functions/areas/${area}.ts`, import.meta.url).href;
    const { build } = (await import(file)) as { build: (deps: Deps) => AreaHandler };
    return build(deps);
  };
  return (area) => {
    const handler = known.get(area) ?? load(area);
    known.set(area, handler);
    return handler;
  };
};

/** The whole of Drawdown in this process, and the database beside it. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { folder, host } = options;
  const unlock = lockFolder(folder);
  const stops: Stops = [unlock];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const port = await freePort(host, options.port).catch(() => {
      throw new StartFailure(`Port ${options.port} is in use; set PORT to another.`);
    });
    return await assemble({ ...options, port }, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

type Stops = (() => Promise<void> | void)[];
type Outside = Awaited<ReturnType<typeof openOutside>>;
type Inside = ReturnType<typeof openInside>;

/** What AWS and Stripe are elsewhere: database, clock, stand-in, mailbox. */
async function openOutside(options: SystemOptions, stops: Stops) {
  const { folder, host, port } = options;
  const place = (name: string): string => join(folder, name);
  const url = urlOf(host, port);
  const log = createLog(place("log.jsonl"), options.isQuiet);
  const clock = openClock({ file: place("clock.json"), start: options.clock });
  const endpoint = options.endpoint ?? (await database(folder, stops));
  const plain = databaseClient(endpoint);
  const client = databaseClient(endpoint);
  const identity = identityIn(folder);
  const { table } = identity;
  await createTable(plain, table);
  const standIn = createStripeStandIn({
    now: clock.now,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    webhook: { url: `${url}/webhooks/stripe`, secret: identity.webhookSecret },
    storage: { folder: place("stripe") },
  });
  const stripePort = await samePortOrFree(host, identity.stripePort);
  const stripe = await serveStandIn(standIn, { port: stripePort, host });
  stops.push(
    () => standIn.close(),
    () => stripe.close(),
  );
  keepStripePort(folder, identity, stripe.port);
  const mailbox = openMailbox(place("mail"), clock.now);
  return { place, url, log, clock, table, plain, client, identity, standIn, stripe, mailbox };
}

const gatewayTo = (deps: Deps) =>
  createGateway({
    matchRoute: routerFor(routes),
    fallback: "agencies",
    handlerOf: areaHandlers(deps),
  });

/** The handlers, with the bus and the stream that connect them. Demo data are made without limits. */
function openInside(outside: Outside, stops: Stops, { isLimited }: SystemOptions) {
  const { place, url, log, clock, table, client, plain } = outside;
  const publicConfig = { table, publicUrl: url, isProduction: false };
  const config = { ...publicConfig, mailFrom: "billing@drawdown.example" };
  const files = openFiles({
    ...{ folder: place("files"), url, clock, seed: outside.identity.webhookSecret },
    putEvents: (envelopes) => bus.put(envelopes),
  });
  const deps = localDeps({ ...outside, config, bus: () => bus, files });
  const bus = openBus({
    file: place("bus.jsonl"),
    ...{ consumers, clock, log },
    deliver: async (name, envelope) => {
      await consumers.find((one) => one.name === name)?.run(deps, envelope);
    },
  });
  const publish = buildPublish(deps);
  const stream = openStream({ file: place("stream.jsonl"), table, client: plain, publish, log });
  const faults = createFaults();
  stream.attach(client);
  faults.attach(client);
  stops.push(
    () => bus.stop(),
    () => stream.stop(),
  );
  const limits = isLimited ? { limiter: createLimiter() } : {};
  const gateway = gatewayTo({ ...deps, ...limits });
  const { storage } = files;
  return { deps, bus, stream, faults, gateway, storage, seedGateway: gatewayTo(deps) };
}

/** Until nothing is left that could cause anything, twice in a row. */
const settling =
  ({ standIn }: Outside, { stream, bus }: Inside) =>
  async (): Promise<void> => {
    for (let calm = 0; calm < 2; ) {
      await stream.settle();
      await bus.settle();
      const due = await standIn.settle();
      calm = due + bus.pending + stream.pending === 0 ? calm + 1 : 0;
    }
  };

const stripeDue = ({ standIn, clock }: Outside): DueSource => ({
  name: "stripe",
  next: async (after) => {
    const next = standIn.dueInstants();
    return next !== undefined && next > after ? next : undefined;
  },
  run: async () => {
    const due = standIn.dueInstants();
    if (due === undefined || due > clock.now()) return 0;
    await standIn.runDue();
    return 1;
  },
});

async function emptied(outside: Outside, inside: Inside): Promise<void> {
  const { stream, bus, faults, storage } = inside;
  faults.set(noFaults);
  storage.clear();
  stream.clear();
  bus.clear();
  outside.mailbox.clear();
  await outside.standIn.reset();
  await deleteTable(outside.plain, outside.table);
  await createTable(outside.plain, outside.table);
  outside.clock.restart();
  rmSync(outside.place("seeded.json"), { force: true });
}

async function assemble(
  options: SystemOptions,
  stops: Stops,
  stop: () => Promise<void>,
): Promise<System> {
  const { folder, host, port } = options;
  const outside = await openOutside(options, stops);
  const inside = openInside(outside, stops, options);
  const { clock, url, identity, stripe } = outside;
  const { deps, gateway, seedGateway, storage } = inside;
  const settle = settling(outside, inside);
  const clockwork = createClockwork(deps);
  const sources = [inside.bus.retries, stripeDue(outside), clockwork];
  const timeline = createTimeline({ clock, sources, settle });
  const seed = async (): Promise<Seeded> => {
    const made = await seedOnce({ deps, gateway: seedGateway, settle, clock, folder });
    // The demo's past has passed: what was due in it is done before anybody looks.
    while ((await clockwork.run()) > 0) await settle();
    return made;
  };
  let seeded: Seeded | undefined;
  const ready = async () => {
    seeded ??= await seed();
    return readyOf(seeded, { url, stripe: stripe.url, identity, clock });
  };
  const [gate, door] = [createGate(), createGate()];
  const keepReady = async () => writeJson(join(folder, "ready.json"), await ready());
  const reset = (): Promise<void> =>
    door.closedFor(async () => {
      seeded = undefined;
      await gate.closedFor(() => emptied(outside, inside));
      await keepReady();
    });
  const control = createControl({
    ...{ ...outside, ...inside, timeline, settle, reset },
    ready: async () => {
      if (!seeded) throw notReady();
      return ready();
    },
    accounts: () => seeded?.accounts ?? [],
  });
  if (isHalfSeeded(folder)) await emptied(outside, inside);
  const publicUrl = url;
  const server = await listen({
    ...{ host, port, publicUrl, gateway, control, storage },
    ...{ clock, gate, door },
  });
  stops.push(() => server.close());
  await timeline.exclusively(() => door.closedFor(keepReady));
  outside.standIn.start();
  const tick = setInterval(() => void timeline.tick().catch(tellOf(outside)), tickMs);
  stops.push(() => clearInterval(tick));
  return { url, ready, deps, stop };
}

const tellOf =
  ({ log }: Outside) =>
  (error: unknown): void =>
    log.error("a tick failed; the next one tries again", { error: String(error) });

async function database(folder: string, stops: Stops): Promise<string> {
  const running = await startDatabase({ file: join(folder, "drawdown.db") });
  stops.push(() => running.stop(), noteEndpoint(folder, running.endpoint));
  return running.endpoint;
}
