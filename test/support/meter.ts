import { setImmediate } from "node:timers/promises";
import type { TestTable } from "./database.ts";

export interface Metered {
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly calls: number;
  /** Calls that had to wait for an earlier one's answer: what a person waits for. */
  readonly roundTrips: number;
}

interface Capacity {
  readonly CapacityUnits?: number;
}

const nothing: Metered = { readUnits: 0, writeUnits: 0, calls: 0, roundTrips: 0 };
const writing = /^(TransactWriteItems|PutItem|UpdateItem|DeleteItem)Command$/;

/**
 * Asks the database for the units that each call consumed. Calls go out in rounds: all that the code asks
 * for before it needs an answer, and they are answered together. So the number of rounds is that of a
 * database whose every answer takes equally long, on any machine.
 */
export function meter({ client }: TestTable): { start(): void; stop(): Metered } {
  let sums = nothing;
  const inRound = createRounds(() => {
    sums = { ...sums, roundTrips: sums.roundTrips + 1 };
  });
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const input = { ...args.input, ReturnConsumedCapacity: "TOTAL" };
      sums = { ...sums, calls: sums.calls + 1 };
      const answer = await inRound(() => next({ ...args, input } as typeof args));
      const consumed = (answer.output as { ConsumedCapacity?: Capacity | Capacity[] })
        .ConsumedCapacity;
      for (const { CapacityUnits = 0 } of [consumed ?? []].flat()) {
        const name = writing.test(context.commandName ?? "") ? "writeUnits" : "readUnits";
        sums = { ...sums, [name]: sums[name] + CapacityUnits };
      }
      return answer;
    },
    { step: "initialize", name: "meter" },
  );
  return {
    start: () => {
      sums = nothing;
    },
    stop: () => sums,
  };
}

/** Gathers work until nothing else can run without its results, then does all of it at once. */
function createRounds(onRound: () => void): <T>(work: () => Promise<T>) => Promise<T> {
  let round: Promise<Promise<unknown>[]> | undefined;
  let gathered: (() => Promise<unknown>)[] = [];
  const open = async (): Promise<Promise<unknown>[]> => {
    await setImmediate();
    const all = gathered;
    gathered = [];
    round = undefined;
    onRound();
    const results = all.map((work) => work());
    await Promise.allSettled(results);
    return results;
  };
  return async <T>(work: () => Promise<T>): Promise<T> => {
    const place = gathered.push(work) - 1;
    round ??= open();
    const results = await round;
    return results[place] as Promise<T>;
  };
}
