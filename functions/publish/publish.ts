import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import type { Item } from "../../domain/shared/table.store.ts";
import type { Envelope } from "../../events/envelope.ts";
import type { Deps } from "../kit/deps.ts";
import { envelopesOf, isOutbox } from "./envelopes.ts";

/** PutEvents takes ten at once. */
const batchMax = 10;

interface Outgoing {
  readonly envelope: Envelope;
  readonly sequence: string;
}

/**
 * Puts what new records stand for on the bus, in the order of the stream. At the first failure it
 * names the record from which the stream has to be read again.
 */
export const build =
  (deps: Deps) =>
  async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const read = readAll(deps, event.Records);
    const unsent = await send(deps, read.outgoing);
    const failed = unsent ?? read.unreadable;
    return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed }] };
  };

/** Up to the first record that can't be read: it is a bug, and later ones must not overtake it. */
function readAll(
  deps: Deps,
  records: readonly DynamoDBRecord[],
): { readonly outgoing: readonly Outgoing[]; readonly unreadable: string | undefined } {
  const outgoing: Outgoing[] = [];
  for (const record of records) {
    const sequence = record.dynamodb?.SequenceNumber ?? "";
    try {
      const item = newItemOf(record);
      if (!item || !isOutbox(item)) continue;
      outgoing.push(...envelopesOf(item).map((envelope) => ({ envelope, sequence })));
    } catch (error) {
      deps.log.error("a record can't be published", { sequence, error: String(error) });
      return { outgoing, unreadable: sequence };
    }
  }
  return { outgoing, unreadable: undefined };
}

function newItemOf({ eventName, dynamodb }: DynamoDBRecord): Item | undefined {
  if (eventName !== "INSERT" || !dynamodb?.NewImage) return undefined;
  return unmarshall(dynamodb.NewImage as Record<string, AttributeValue>);
}

/** The sequence number of the first record that did not get through. */
async function send(deps: Deps, outgoing: readonly Outgoing[]): Promise<string | undefined> {
  for (let from = 0; from < outgoing.length; from += batchMax) {
    const batch = outgoing.slice(from, from + batchMax);
    try {
      await deps.putEvents(batch.map(({ envelope }) => envelope));
    } catch (error) {
      const sequence = batch[0]?.sequence;
      deps.log.error("events were not taken", { sequence, error: String(error) });
      return sequence;
    }
  }
  return undefined;
}
