import type Stripe from "stripe";
import { createApp } from "./app.ts";
import { createClockwork } from "./clockwork.ts";
import { createControl, type StripeControl } from "./controls.ts";
import { openAppendLog } from "./kit/append-log.ts";
import { laterBy } from "./kit/ids.ts";
import { createStore, type Store } from "./kit/store.ts";
import { type Machine, openWorld, platform } from "./kit/world.ts";
import { newAccount } from "./objects/account.ts";
import { eventLifeS } from "./resources/events.ts";
import { type Deliver, postTo } from "./webhooks/deliver.ts";

export interface StandInOptions {
  /** The system's clock, as an ISO instant. Signatures and `created` are by it. */
  now(): string;
  random(bytes: number): Uint8Array;
  /** Our Connect endpoint. */
  webhook: { url: string; secret: string };
  /** Where the state survives a crash; absent: in memory only. */
  storage?: { folder: string };
  deliver?: Deliver;
  /** Where a browser reaches the hosted pages; absent: the host that the API was called on. */
  baseUrl?: string;
}

export interface SeededAccount {
  name?: string;
  email?: string;
  country?: string;
  currency?: string;
  metadata?: Record<string, string>;
}

export interface StripeStandIn {
  fetch(request: Request): Promise<Response>;
  control: StripeControl;
  /** Runs all that is due now and what follows from it; says how many are still due (0). */
  settle(): Promise<number>;
  dueInstants(): string | undefined;
  runDue(): Promise<void>;
  /** Runs what is due by itself, until `stop`. */
  start(): void;
  stop(): Promise<void>;
  reset(): Promise<void>;
  /** A connected account that can charge at once, under a fixed id. */
  seedAccount(id: string, fields?: SeededAccount): Stripe.Account;
  /** Stops, and lets go of the file. */
  close(): Promise<void>;
}

const pumpEveryMs = 50;
const roundsMax = 1000;

/** A stateful imitation of Stripe, for development and tests. Webhooks never run inside a call. */
export function createStripeStandIn(options: StandInOptions): StripeStandIn {
  const { folder } = options.storage ?? {};
  const store = createStore(folder === undefined ? undefined : openAppendLog(folder));
  const machine: Machine = { store, now: options.now, random: options.random };
  prune(machine);
  const clockwork = createClockwork(machine, {
    deliver: () => options.deliver ?? postTo(options.webhook.url),
    secret: () => options.webhook.secret,
    baseUrl: () => options.baseUrl ?? "",
  });
  const origin = (request: Request) => options.baseUrl ?? new URL(request.url).origin;
  const app = createApp(machine, origin);
  const { inTurn, start, stop } = createPump(async () => void (await clockwork.runDue()));
  const settle = () =>
    inTurn(async () => {
      for (let round = 0; round < roundsMax; round += 1) {
        if ((await clockwork.runDue()) === 0) break;
      }
      return clockwork.countDue();
    });
  return {
    fetch: async (request) => app.fetch(request),
    control: createControl(machine),
    settle,
    dueInstants: clockwork.dueInstants,
    runDue: async () => void (await settle()),
    start,
    stop,
    reset: () => inTurn(async () => store.clear()),
    seedAccount: (id, fields) => seedAccount(machine, id, fields ?? {}),
    async close() {
      await stop();
      store.close();
    },
  };
}

/** One run at a time, whether asked for or by itself. */
function createPump(work: () => Promise<void>) {
  let last: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const inTurn = <T>(next: () => Promise<T>): Promise<T> => {
    const turn = last.then(next, next);
    last = turn.catch(() => undefined);
    return turn;
  };
  const schedule = () => {
    timer = setTimeout(() => {
      inTurn(work).then(again, (error: unknown) => {
        console.error("The Stripe stand-in could not run what is due:", error);
        again();
      });
    }, pumpEveryMs);
    timer.unref();
  };
  const again = () => {
    if (timer !== undefined) schedule();
  };
  const start = () => {
    if (timer === undefined) schedule();
  };
  const stop = async () => {
    clearTimeout(timer);
    timer = undefined;
    await last;
  };
  return { inTurn, start, stop };
}

function seedAccount(machine: Machine, id: string, fields: SeededAccount): Stripe.Account {
  const request = { id: null, idempotency_key: null };
  return machine.store.transact(() => {
    const world = openWorld(machine, { account: platform, baseUrl: "", request });
    const known = world.find("account", id);
    if (known !== undefined) return known;
    const account = newAccount({
      id,
      createdS: world.nowS,
      email: fields.email ?? null,
      country: fields.country ?? "US",
      currency: fields.currency ?? "usd",
      name: fields.name ?? null,
      url: null,
      metadata: fields.metadata ?? {},
      isReady: true,
    });
    return world.put("account", id, account);
  });
}

/** What Stripe forgets by itself: events after 30 days, idempotency keys after one. */
function prune({ store, now }: Machine): void {
  const oldestEventS = Date.parse(laterBy(now(), -eventLifeS)) / 1000;
  const oldestReplay = laterBy(now(), -24 * 3600);
  store.transact(() => {
    for (const account of store.accounts())
      pruneAccount(store, account, { oldestEventS, oldestReplay });
  });
}

function pruneAccount(
  store: Store,
  account: string,
  bounds: { oldestEventS: number; oldestReplay: string },
): void {
  for (const [id, event] of [...store.list(account, "event")]) {
    if (event.created < bounds.oldestEventS) store.remove(account, "event", id);
  }
  for (const [id, replay] of [...store.list(account, "replay")]) {
    if (replay.at < bounds.oldestReplay) store.remove(account, "replay", id);
  }
}
