import type { TestTable } from "../test/support/database.ts";

export interface Metered {
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly calls: number;
  /** Calls that had to wait for an earlier one: what a person waits for. */
  readonly roundTrips: number;
}

interface Capacity {
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
  readonly CapacityUnits?: number;
}

const writing = /^(TransactWriteItems|PutItem|UpdateItem|DeleteItem)Command$/;

/** Asks the database for the units that each call consumed. */
export function meter({ client }: TestTable): { start(): void; stop(): Metered } {
  let sums = { readUnits: 0, writeUnits: 0, calls: 0, roundTrips: 0 };
  let inFlight = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const input = { ...args.input, ReturnConsumedCapacity: "TOTAL" };
      sums.calls += 1;
      if (inFlight === 0) sums.roundTrips += 1;
      inFlight += 1;
      try {
        const answer = await next({ ...args, input } as typeof args);
        const consumed = (answer.output as { ConsumedCapacity?: Capacity | Capacity[] })
          .ConsumedCapacity;
        for (const { CapacityUnits = 0 } of [consumed ?? []].flat()) {
          if (writing.test(context.commandName ?? "")) sums.writeUnits += CapacityUnits;
          else sums.readUnits += CapacityUnits;
        }
        return answer;
      } finally {
        inFlight -= 1;
      }
    },
    { step: "initialize", name: "meter" },
  );
  return {
    start: () => {
      sums = { readUnits: 0, writeUnits: 0, calls: 0, roundTrips: 0 };
    },
    stop: () => sums,
  };
}
