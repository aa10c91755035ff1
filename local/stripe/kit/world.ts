import Stripe from "stripe";
import { missing } from "./failure.ts";
import { fraction, laterBy, newStripeId, seconds } from "./ids.ts";
import type { Controls, Kind, Kinds, Task } from "./kinds.ts";
import type { Store } from "./store.ts";

/** Our own account: calls without a `Stripe-Account` header act on it. */
export const platform = "acct_platform";
/** Where what belongs to no account is kept. */
const everywhere = "";

export interface Machine {
  store: Store;
  now(): string;
  random(bytes: number): Uint8Array;
}

/** One account as one call sees it: at one instant, inside one transaction. */
export interface World {
  readonly account: string;
  readonly now: string;
  /** `now` in Stripe's unit. */
  readonly nowS: number;
  /** Where the hosted pages are reached. */
  readonly baseUrl: string;
  newId(prefix: string, length?: number): string;
  find<K extends Kind>(kind: K, id: string): Kinds[K] | undefined;
  /** As `find`, but an unknown id is refused; `param` names the parameter that carried it. */
  need<K extends Kind>(kind: K, id: string, param?: string): Kinds[K];
  list<K extends Kind>(kind: K): Kinds[K][];
  put<K extends Kind>(kind: K, id: string, value: Kinds[K]): Kinds[K];
  remove(kind: Kind, id: string): void;
  emit(type: Stripe.Event["type"], object: object, previous?: object): void;
  schedule(task: Task): void;
  controls(): Controls;
  setControls(controls: Controls): void;
  /** The same call on another account. */
  at(account: string): World;
}

export interface Caller {
  account: string;
  baseUrl: string;
  request: { id: string | null; idempotency_key: string | null };
}

export const defaultControls: Controls = {
  nextCharges: [],
  refundsToFail: 0,
  webhooks: { copies: 1, shuffle: false, dropRate: 0, delayS: 0 },
};

export function openWorld(machine: Machine, caller: Caller, now = machine.now()): World {
  const { store } = machine;
  const { account } = caller;
  const put = <K extends Kind>(kind: K, id: string, value: Kinds[K]): Kinds[K] => {
    store.put(account, kind, { id, value });
    return value;
  };
  const world: World = {
    account,
    now,
    nowS: seconds(now),
    baseUrl: caller.baseUrl,
    newId: (prefix, length) => newStripeId(prefix, machine.random, length),
    find: (kind, id) => store.get(account, kind, id),
    need(kind, id, param) {
      const found = store.get(account, kind, id);
      if (found === undefined) throw missing(kind, id, param);
      return found;
    },
    list: (kind) => [...store.list(account, kind).values()],
    put,
    remove: (kind, id) => store.remove(account, kind, id),
    emit: (type, object, previous) => emit(machine, { world, caller }, { type, object, previous }),
    schedule: (task) => void put("task", newStripeId("task", machine.random), task),
    controls: () => store.get(everywhere, "controls", "controls") ?? defaultControls,
    setControls: (value) => store.put(everywhere, "controls", { id: "controls", value }),
    at: (other) => openWorld(machine, { ...caller, account: other }, now),
  };
  return world;
}

interface Happening {
  type: Stripe.Event["type"];
  object: object;
  previous: object | undefined;
}

/** Events of connected accounts go to the Connect endpoint; a dropped one is only ever listed. */
function emit(machine: Machine, from: { world: World; caller: Caller }, what: Happening): void {
  const { world, caller } = from;
  const { copies, dropRate, delayS } = world.controls().webhooks;
  const isConnected = world.account !== platform;
  const isDropped = dropRate > 0 && fraction(machine.random) < dropRate;
  const deliveries = isConnected && !isDropped ? copies : 0;
  const id = world.newId("evt");
  const event = {
    id,
    object: "event",
    ...(isConnected ? { account: world.account } : {}),
    api_version: Stripe.API_VERSION,
    created: world.nowS,
    data: {
      object: what.object,
      ...(what.previous === undefined ? {} : { previous_attributes: what.previous }),
    },
    livemode: false,
    pending_webhooks: Math.min(deliveries, 1),
    request: caller.request,
    type: what.type,
  } as Stripe.Event;
  world.put("event", id, event);
  for (let copy = 0; copy < deliveries; copy += 1) {
    const at = laterBy(world.now, delayS);
    const delivery = { event: id, at, attempts: 0, firstAttemptAt: null };
    world.put("delivery", world.newId("wd"), delivery);
  }
}
