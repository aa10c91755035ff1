import {
  type DynamoDBClient,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  type TransactWriteItemsCommandInput,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { seededRandom } from "./random.ts";

const rate = z.number().min(0).max(1);

/** What POST /__local/faults takes; what is left out is off. */
export const faultsSchema = z.strictObject({
  commit: z
    .strictObject({
      conflictRate: rate.default(0),
      throttleRate: rate.default(0),
      timeoutCommittedRate: rate.default(0),
      crashAfter: z.int().positive().nullish(),
    })
    .prefault({})
    .refine(
      (rates) => rates.conflictRate + rates.throttleRate + rates.timeoutCommittedRate <= 1,
      "the rates add up to more than 1",
    ),
  seed: z.int().default(1),
});
export type Faults = z.output<typeof faultsSchema>;

export const noFaults: Faults = faultsSchema.parse({});

export interface FaultInjection {
  set(faults: Faults): void;
  attach(client: DynamoDBClient): void;
}

interface Sent<T> {
  readonly input: TransactWriteItemsCommandInput;
  /** The same object in every attempt that the client makes at one call. */
  readonly call: object;
  readonly send: () => Promise<T>;
}

/**
 * The trouble that the emulator never makes: a lost race, a throttled request, an answer that is lost
 * after the commit, a process that dies right after it. One draw per transaction sent decides.
 */
export function createFaults(
  crash: () => void = () => process.kill(process.pid, "SIGKILL"),
): FaultInjection {
  let { commit } = noFaults;
  let random = seededRandom(noFaults.seed);
  const committed = new WeakSet<object>();
  let commits = 0;

  async function disturbed<T>({ input, call, send }: Sent<T>): Promise<T> {
    const { conflictRate, throttleRate, timeoutCommittedRate } = commit;
    const draw = random();
    // A transaction that went through can't lose a race when the client sends it once more.
    if (!committed.has(call)) {
      if (draw < conflictRate) throw conflict(input, random());
      if (draw < conflictRate + throttleRate) throw throttled();
    }
    const answer = await send();
    if (!committed.has(call)) commits += 1;
    committed.add(call);
    if (commit.crashAfter && commits >= commit.crashAfter) crash();
    const isLate = draw >= conflictRate + throttleRate;
    if (isLate && draw < conflictRate + throttleRate + timeoutCommittedRate) throw timedOut();
    return answer;
  }

  return {
    set(faults) {
      commit = faults.commit;
      random = seededRandom(faults.seed);
      commits = 0;
    },
    attach: (client) =>
      client.middlewareStack.add(
        (next, context) => (args) =>
          context.commandName === "TransactWriteItemsCommand"
            ? disturbed({
                input: args.input as TransactWriteItemsCommandInput,
                call: context,
                send: () => next(args),
              })
            : next(args),
        // Inside the client's own retries, where the network would fail.
        { step: "deserialize", priority: "high", name: "faults" },
      ),
  };
}

const $metadata = { httpStatusCode: 400 };

function conflict({ TransactItems = [] }: TransactWriteItemsCommandInput, draw: number): Error {
  const loser = Math.floor(draw * TransactItems.length);
  return new TransactionCanceledException({
    message: "Transaction cancelled, please refer cancellation reasons for specific reasons",
    $metadata,
    CancellationReasons: TransactItems.map((_, index) =>
      index === loser
        ? { Code: "TransactionConflict", Message: "Transaction is ongoing for the item" }
        : { Code: "None" },
    ),
  });
}

const throttled = (): Error =>
  new ProvisionedThroughputExceededException({
    message: "The level of configured provisioned throughput for the table was exceeded.",
    $metadata,
  });

function timedOut(): Error {
  const error = new Error("socket hang up after the request was sent");
  error.name = "TimeoutError";
  return error;
}
