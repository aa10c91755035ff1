import { processPartialResponse, SqsFifoPartialProcessorAsync } from "@aws-lambda-powertools/batch";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod";
import { dueKinds } from "../../domain/shared/due.store.ts";
import { idOf } from "../../domain/shared/schema.ts";
import type { Deps } from "../kit/deps.ts";
import { performDue } from "./perform-due.ts";

const messageSchema = z.object({
  agency: idOf("agency"),
  kind: z.enum(dueKinds),
  id: z.string(),
  what: z.string(),
  dueAt: z.string(),
  place: z.string(),
});

/** One agency's line, in order: what could not even be put off stops it until the message comes again. */
export const build =
  (deps: Deps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    processPartialResponse(
      event,
      async (record: SQSRecord) => {
        await performDue(deps, messageSchema.parse(JSON.parse(record.body)));
      },
      new SqsFifoPartialProcessorAsync(),
      { throwOnFullBatchFailure: false, skipGroupOnError: true },
    );
