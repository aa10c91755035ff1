import type { Envelope } from "../../events/envelope.ts";
import type { Consumer } from "../../functions/kit/consumer.ts";
import type { Deps } from "../../functions/kit/deps.ts";
import { wants } from "../../functions/kit/dispatch.ts";
import { build as buildPublish } from "../../functions/publish/publish.ts";
import { streamEvent } from "../support/shell.ts";
import { Broken } from "./broken.ts";
import { causeOf } from "./checks/mails.ts";
import { calm, type Machine, type Process } from "./machine.ts";
import type { Item } from "./storage.ts";

/** One event on its way to one consumer. */
interface Delivery {
  readonly consumer: Consumer;
  readonly envelope: Envelope;
  tries: number;
  /** Tries that failed although nothing was put in their way. */
  unprovoked: number;
  /** It said that it is too early. */
  notBeforeMs: number;
}

export interface Bus {
  readonly published: Envelope[];
  readonly waiting: Delivery[];
  /** Publishes what is committed and lets some of what waits, or all of it, happen. */
  deliver(share: number): Promise<void>;
}

interface BusParts {
  readonly machine: Machine;
  readonly outbox: Item[];
  readonly consumers: readonly Consumer[];
  readonly depsFor: (process: Process) => Deps;
  readonly note: (line: string) => void;
  /** Around each consumer's run: the books must be right in between, too. */
  readonly beforeEach: (delivery: Delivery) => void;
  readonly afterEach: (delivery: Delivery, isDone: boolean) => Promise<void>;
}

const copiesRate = 0.1;
const unprovokedMax = 6;
/** Who walks through hundreds of items meets a fault each time; the clients of real tables try again. */
const triesMax = 6;

/** The stream and the queues: at least once, in any order. */
export function createBus(parts: BusParts): Bus {
  const { machine, outbox, consumers } = parts;
  const published: Envelope[] = [];
  const waiting: Delivery[] = [];
  const arrived = (envelopes: readonly Envelope[]): void => {
    for (const envelope of envelopes) {
      if (!published.some(({ id }) => id === envelope.id)) published.push(envelope);
      for (const consumer of consumers) {
        if (wants(consumer, envelope.type)) {
          waiting.push({ consumer, envelope, tries: 0, unprovoked: 0, notBeforeMs: 0 });
        }
      }
    }
  };
  return {
    published,
    waiting,
    async deliver(share) {
      do {
        await publish(parts, arrived);
        const ready = waiting.filter(({ notBeforeMs }) => notBeforeMs <= machine.clock.nowMs());
        const chosen = machine.dice.shuffled(ready).filter(() => machine.dice.chance(share));
        for (const one of chosen) {
          const isDone = await run(parts, one);
          const isRepeated = machine.rates.crash > 0 && machine.dice.chance(copiesRate);
          if (isDone && !isRepeated) waiting.splice(waiting.indexOf(one), 1);
        }
      } while (share === 1 && (outbox.length > 0 || waiting.some(isFresh(machine))));
    },
  };
}

/** One that failed by itself waits for the clock to move on: it is not tried in the same breath. */
const isFresh =
  ({ clock }: Machine) =>
  ({ unprovoked, notBeforeMs }: Delivery): boolean =>
    unprovoked === 0 && notBeforeMs <= clock.nowMs();

const deferredMs = 60_000;

async function publish(
  { machine, outbox, depsFor, note }: BusParts,
  arrived: (envelopes: readonly Envelope[]) => void,
): Promise<void> {
  while (outbox.length > 0) {
    const process = machine.start();
    const putEvents = async (envelopes: readonly Envelope[]): Promise<void> => {
      const [before, after] = [machine.dice.fraction(), machine.dice.fraction()];
      const rate = machine.rates.unavailable;
      if (before < rate) throw machine.fault(process, new Error("the bus is down"));
      arrived(envelopes);
      if (after < rate) throw machine.fault(process, new Error("the bus took them and hung up"));
    };
    const handler = buildPublish({ ...depsFor(process), putEvents });
    const { batchItemFailures } = await handler(streamEvent(outbox));
    const failed = batchItemFailures[0]?.itemIdentifier;
    const through = failed === undefined ? outbox.length : Number(failed) - 1;
    outbox.splice(0, through);
    if (failed !== undefined && process.faults === 0) {
      throw new Broken(`a record can't be published: ${JSON.stringify(outbox[0])}`);
    }
    note(`  published ${through}`);
  }
}

async function run(parts: BusParts, one: Delivery): Promise<boolean> {
  const { machine, depsFor, note } = parts;
  const { rates } = machine;
  one.tries += 1;
  if (one.tries >= triesMax) machine.rates = calm;
  const process = machine.start(causeOf(one));
  parts.beforeEach(one);
  const failure = await one.consumer.run(depsFor(process), one.envelope).then(
    () => undefined,
    (error: unknown) => error as Error,
  );
  machine.rates = rates;
  const crashed = !process.isAlive;
  process.isAlive = false;
  const name = failure && !crashed ? failure.constructor.name : "";
  note(`  ${one.consumer.name} ${one.envelope.id} ${crashed ? "died" : name}`);
  const isDone = !failure && !crashed;
  await parts.afterEach(one, isDone);
  if (isDone) return true;
  if (name === "MailDeferred") one.notBeforeMs = machine.clock.nowMs() + deferredMs;
  if (process.faults > 0 || name === "MailDeferred") return false;
  one.unprovoked += 1;
  if (one.unprovoked < unprovokedMax) return false;
  const { type, subject } = one.envelope;
  const why = failure?.stack ?? String(failure);
  throw new Broken(`${one.consumer.name} can't handle ${type} of ${subject}: ${why}`);
}
