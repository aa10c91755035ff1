import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { envelopeSchema } from "../../events/envelope.ts";
import { consumers } from "../consumers/all.ts";
import type { Deps } from "../kit/deps.ts";

/** One queue per consumer, named like it at its end, so that one that fails holds up no other. */
export const build =
  (deps: Deps) =>
  (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    processPartialResponse(
      event,
      (record: SQSRecord) => consume(deps, record),
      new BatchProcessor(EventType.SQS),
      { context, throwOnFullBatchFailure: false },
    );

async function consume(deps: Deps, { body, eventSourceARN }: SQSRecord): Promise<void> {
  const queue = eventSourceARN.split(":").at(-1) ?? "";
  const consumer = consumers.find(({ name }) => queue.endsWith(name));
  if (!consumer) throw new Error(`no consumer reads ${queue}`);
  // A rule hands over EventBridge's whole event; ours is its detail.
  const { detail } = JSON.parse(body) as { detail: unknown };
  await consumer.run(deps, envelopeSchema.parse(detail));
}
