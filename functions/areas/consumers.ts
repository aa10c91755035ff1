import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod";
import { envelopeSchema } from "../../events/envelope.ts";
import { consumers } from "../consumers/all.ts";
import type { Consumer } from "../kit/consumer.ts";
import type { Deps } from "../kit/deps.ts";

/** What the bus puts into a queue: its own event around ours. */
const messageSchema = z.object({ detail: envelopeSchema });

/**
 * Runs the consumer whose queue a message came through. What fails comes again by itself; the others of
 * its batch don't.
 */
export const build =
  (deps: Deps, all: readonly Consumer[] = consumers) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    processPartialResponse(
      event,
      (record: SQSRecord) => react(deps, all, record),
      // One per batch: a processor remembers the failures that it saw.
      new BatchProcessor(EventType.SQS),
      { processInParallel: false, throwOnFullBatchFailure: false },
    );

async function react(deps: Deps, all: readonly Consumer[], record: SQSRecord): Promise<void> {
  const queue = record.eventSourceARN.split(":").at(-1) ?? "";
  try {
    const { detail } = messageSchema.parse(JSON.parse(record.body));
    await consumerOf(all, queue).run(deps, detail);
  } catch (error) {
    deps.log.error("a consumer failed", {
      queue,
      message: record.messageId,
      error: String(error),
      stack: error instanceof Error ? error.stack : undefined,
    });
    throw error;
  }
}

/** A queue is named like its consumer, after the name of the stage. */
function consumerOf(all: readonly Consumer[], queue: string): Consumer {
  const ending = all.filter(({ name }) => queue === name || queue.endsWith(`-${name}`));
  const [found] = ending.sort((a, b) => b.name.length - a.name.length);
  if (!found) throw new Error(`no consumer reads ${queue}`);
  return found;
}
