import { setTimeout as pause } from "node:timers/promises";
import { epochMsOf, instantOfMs } from "../domain/shared/calendar.ts";
import type { Envelope } from "../events/envelope.ts";
import type { Consumer } from "../functions/kit/consumer.ts";
import type { Logger } from "../functions/kit/deps.ts";
import type { Clock } from "./clock.ts";
import { type DeadLetter, type Deliveries, type Delivery, openDeliveries } from "./deliveries.ts";
import { messageOf } from "./failure.ts";
import type { DueSource } from "./timeline.ts";

export interface Bus {
  /** Taken when it returns: a kill does not lose it. */
  put(envelopes: readonly Envelope[]): void;
  /** Delivers until nothing is left; retries don't wait for their time. */
  settle(): Promise<void>;
  readonly pending: number;
  readonly deadLetters: readonly DeadLetter[];
  /** The retries that wait for their time. */
  readonly retries: DueSource;
  clear(): void;
  /** Takes nothing new and waits for what is being delivered. */
  stop(): Promise<void>;
}

interface BusOptions {
  readonly file: string;
  readonly consumers: readonly Pick<Consumer, "name" | "on">[];
  readonly deliver: (consumer: string, envelope: Envelope) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
}

const concurrencyMax = 8;
const triesMax = 5;
/** The database's own trouble is not the message's fault, so it takes longer to give up. */
const troubledTriesMax = 25;
const firstRetryMs = 2_000;

/** Events to queues by type, and from each queue to its consumer, at least once and in any order. */
export function openBus({ file, consumers, deliver, clock, log }: BusOptions): Bus {
  const deliveries = openDeliveries(file, consumers);
  const workers = createWorkers(deliveries, async (delivery) => {
    try {
      await deliver(delivery.consumer, delivery.envelope);
      deliveries.done(delivery);
    } catch (error) {
      failed({ deliveries, clock, log }, delivery, error);
    }
  });
  setImmediate(workers.pump);
  return {
    put: (envelopes) => {
      deliveries.put(envelopes);
      setImmediate(workers.pump);
    },
    settle: async () => {
      await workers.drained();
      for (let round = 0; deliveries.pending > 0 && !workers.areStopped; round += 1) {
        deliveries.release(Number.POSITIVE_INFINITY);
        await workers.drained();
        // Time for whoever holds what the next try needs; the clock's own delay is not waited for.
        if (deliveries.pending > 0) await pause(Math.min(2 ** round, 50));
      }
    },
    get pending() {
      return deliveries.pending;
    },
    get deadLetters() {
      return deliveries.deadLetters;
    },
    retries: {
      name: "retries",
      next: async (after) => {
        const nextMs = deliveries.nextRetryMs(epochMsOf(after));
        return nextMs === undefined ? undefined : instantOfMs(nextMs);
      },
      run: async () => {
        const released = deliveries.release(clock.nowMs());
        workers.pump();
        return released;
      },
    },
    clear: deliveries.clear,
    stop: async () => {
      await workers.stop();
      deliveries.close();
    },
  };
}

/** A bounded number of deliveries at a time. */
function createWorkers(deliveries: Deliveries, handle: (delivery: Delivery) => Promise<void>) {
  let active = 0;
  let areStopped = false;
  let idle = Promise.withResolvers<void>();

  function pump(): void {
    while (active < concurrencyMax && !areStopped) {
      const delivery = deliveries.take();
      if (!delivery) break;
      active += 1;
      void handle(delivery).finally(() => {
        active -= 1;
        pump();
      });
    }
    if (active > 0) return;
    idle.resolve();
    idle = Promise.withResolvers<void>();
  }

  function drained(): Promise<void> {
    const { promise } = idle;
    pump();
    return promise;
  }

  return {
    pump,
    drained,
    get areStopped() {
      return areStopped;
    },
    stop(): Promise<void> {
      areStopped = true;
      return drained();
    },
  };
}

interface Failing {
  readonly deliveries: Deliveries;
  readonly clock: Clock;
  readonly log: Logger;
}

function failed({ deliveries, clock, log }: Failing, delivery: Delivery, error: unknown): void {
  const tries = delivery.tries + 1;
  const { consumer, envelope } = delivery;
  const fields = { consumer, event: envelope.id, type: envelope.type, error: messageOf(error) };
  if (tries >= (isTrouble(error) ? troubledTriesMax : triesMax)) {
    deliveries.bury(delivery, { tries, error: messageOf(error), at: clock.now() });
    const stack = error instanceof Error ? error.stack : undefined;
    log.error("an event is given up", { ...fields, tries, stack });
    return;
  }
  const delayMs = firstRetryMs * 2 ** Math.min(tries - 1, 10);
  deliveries.postpone(delivery, { tries, notBeforeMs: clock.nowMs() + delayMs });
  log.info("an event is tried again", { ...fields, tries });
}

const troubles = new Set([
  "TransactionCanceledException",
  "ProvisionedThroughputExceededException",
  "ThrottlingException",
  "TimeoutError",
]);

function isTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return troubles.has(error.name) || code === "write.conflict" || code === "ECONNREFUSED";
}
