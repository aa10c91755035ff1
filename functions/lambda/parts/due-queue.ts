import { createHash } from "node:crypto";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { DueReference } from "../../../domain/shared/due.store.ts";
import { clientLimits, type Part, readEnvironment } from "../../kit/lambda.ts";

const environmentSchema = z.object({ DUE_QUEUE_URL: z.string().startsWith("https://") });

const batchMax = 10;
const batchesAtOnce = 10;

/**
 * A line per agency. The queue forgets a message that it was sent in the last five minutes, so the ticks
 * in between add nothing while an item waits.
 */
export const dueQueue: Part = () => {
  const { DUE_QUEUE_URL: QueueUrl } = readEnvironment(environmentSchema);
  const client = new SQSClient(clientLimits);
  const send = async (batch: readonly DueReference[]): Promise<void> => {
    const Entries = batch.map((due, index) => entryOf(due, index));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    if (Failed.length > 0) throw new Error(`${Failed.length} due items were not taken`);
  };
  return {
    sendDue: async (due) => {
      const batches = Array.from({ length: Math.ceil(due.length / batchMax) }, (_, index) =>
        due.slice(index * batchMax, (index + 1) * batchMax),
      );
      // One agency's items stay in order: those of one batch do, and batches go out in turn.
      for (let next = 0; next < batches.length; next += batchesAtOnce) {
        await Promise.all(batches.slice(next, next + batchesAtOnce).map(send));
      }
    },
  };
};

const entryOf = (due: DueReference, index: number) => ({
  Id: String(index),
  MessageBody: JSON.stringify(due),
  MessageGroupId: due.agency,
  MessageDeduplicationId: createHash("sha256").update(due.place).digest("hex"),
});
