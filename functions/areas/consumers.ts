import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod";
import { type Envelope, envelopeSchema } from "../../events/envelope.ts";
import { consumers } from "../consumers/all.ts";
import { createdEnvelope, storageEventSchema, storageSource } from "../documents/object-created.ts";
import type { Consumer } from "../kit/consumer.ts";
import type { Deps } from "../kit/deps.ts";
import { mailServiceEventSchema, mailServiceSource, returnedEnvelope } from "../mail/returned.ts";

/** What the bus puts into a queue: its own event around ours, or one of AWS's services. */
const messageSchema = z.looseObject({ source: z.string(), detail: z.unknown() });

function envelopeIn(body: string): Envelope {
  const message = messageSchema.parse(JSON.parse(body));
  if (message.source === mailServiceSource) {
    return returnedEnvelope(mailServiceEventSchema.parse(message));
  }
  if (message.source === storageSource) return createdEnvelope(storageEventSchema.parse(message));
  return envelopeSchema.parse(message.detail);
}

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
    await consumerOf(all, queue).run(deps, envelopeIn(record.body));
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
