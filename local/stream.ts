import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import type { Key } from "../domain/shared/table.store.ts";
import type { Logger } from "../functions/kit/deps.ts";
import { isOutbox } from "../functions/publish/envelopes.ts";
import { openAppendLog } from "./append-log.ts";
import { messageOf } from "./failure.ts";

type Image = Record<string, AttributeValue>;
export type Publish = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse | undefined>;

export interface Stream {
  /** Sees the client's writes from now on. */
  attach(client: DynamoDBClient): void;
  /** Hands over all that is written; tries again a bounded number of times. */
  settle(): Promise<void>;
  /** Another try for what could not be handed over. */
  retry(): void;
  readonly pending: number;
  clear(): void;
  stop(): Promise<void>;
}

interface StreamOptions {
  readonly file: string;
  readonly table: string;
  /** Reads without the faults that are injected for the others. */
  readonly client: DynamoDBClient;
  readonly publish: Publish;
  readonly log: Logger;
}

type StreamEntry =
  | { readonly op: "begin"; readonly write: number; readonly keys: readonly Key[] }
  | { readonly op: "done"; readonly writes: readonly number[] };

/** One transaction and its records; images are absent when only the table knows what became of it. */
interface Written {
  readonly write: number;
  readonly keys: readonly Key[];
  readonly images?: readonly Image[];
  /** While the outcome is unknown, an absent record may still appear. */
  readonly doubtUntilMs: number;
}

const batchMax = 100;
const linesMin = 5_000;
const triesMax = 10;
const settleRoundsMax = 2 * triesMax;
const doubtMs = 10_000;

/**
 * Stands in for DynamoDB Streams, which would slow the emulator down: notes the keys of a transaction's
 * outbox records before it is sent, hands the records on after it, and after a crash looks up in the
 * table which of the noted ones were written.
 */
export function openStream(options: StreamOptions): Stream {
  const file = openAppendLog<StreamEntry>(options.file);
  const open = new Map<number, Written>();
  let lastWrite = 0;
  for (const entry of file.read()) {
    if (entry.op === "done") for (const write of entry.writes) open.delete(write);
    else open.set(entry.write, { ...entry, doubtUntilMs: 0 });
    if (entry.op === "begin") lastWrite = Math.max(lastWrite, entry.write);
  }
  const ready = new Map(open);
  const finish = (writes: readonly number[]): void => {
    if (writes.length === 0) return;
    for (const write of writes) {
      open.delete(write);
      ready.delete(write);
    }
    file.append({ op: "done", writes });
    if (file.lines > linesMin + 4 * open.size) {
      file.rewrite([...open.values()].map(({ write, keys }) => ({ op: "begin", write, keys })));
    }
  };
  const handOver = createHandOver(options, { ready, finish });
  const noted: Noted = {
    begin(keys) {
      lastWrite += 1;
      const written = { write: lastWrite, keys, doubtUntilMs: 0 };
      open.set(lastWrite, written);
      file.append({ op: "begin", write: lastWrite, keys });
      return lastWrite;
    },
    written(written) {
      ready.set(written.write, written);
      handOver.soon();
    },
    refused: (write) => finish([write]),
  };
  if (ready.size > 0) handOver.soon();
  return {
    attach: (client) => attach(client, options.table, noted),
    settle: handOver.settle,
    retry: handOver.soon,
    get pending() {
      return handOver.pending();
    },
    clear() {
      open.clear();
      ready.clear();
      file.rewrite([]);
    },
    async stop() {
      await handOver.stop();
      file.close();
    },
  };
}

interface Noted {
  begin(keys: readonly Key[]): number;
  written(written: Written): void;
  refused(write: number): void;
}

function attach(client: DynamoDBClient, table: string, noted: Noted): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const images = outboxImages(String(context.commandName), args.input, table);
      if (images.length === 0) return next(args);
      const keys = images.map(keyOf);
      const write = noted.begin(keys);
      try {
        const answer = await next(args);
        noted.written({ write, keys, images, doubtUntilMs: 0 });
        return answer;
      } catch (error) {
        if (isRefusal(error)) noted.refused(write);
        else noted.written({ write, keys, doubtUntilMs: performance.now() + doubtMs });
        throw error;
      }
    },
    // Late enough to see attributes as they are stored, once per call however often it is retried.
    { name: "stream", step: "serialize", priority: "low" },
  );
}

/** The database said no, so nothing was written. After anything else it may have been. */
const isRefusal = (error: unknown): boolean =>
  error instanceof TransactionCanceledException || error instanceof ConditionalCheckFailedException;

interface Put {
  readonly TableName?: string;
  readonly Item?: Image;
}

/** The records that `publish` turns into events: journal, event and Stripe event records. */
function outboxImages(command: string, input: unknown, table: string): Image[] {
  const { TransactItems = [] } = input as { TransactItems?: { Put?: Put }[] };
  const puts = command === "PutItemCommand" ? [input as Put] : TransactItems.map(({ Put }) => Put);
  return puts.flatMap((put) =>
    put?.TableName === table && put.Item && isOutbox({ ...keyOf(put.Item) }) ? [put.Item] : [],
  );
}

const keyOf = (image: Image): Key => ({ pk: image.pk?.S ?? "", sk: image.sk?.S ?? "" });

interface Waiting {
  readonly ready: Map<number, Written>;
  readonly finish: (writes: readonly number[]) => void;
}

/** Hands the records to `publish`, batch by batch, one batch at a time. */
function createHandOver(options: StreamOptions, { ready, finish }: Waiting) {
  let isStopped = false;
  let running: Promise<void> | undefined;
  let stuck = { write: 0, tries: 0 };
  const isDoubtful = ({ doubtUntilMs }: Written) => doubtUntilMs > performance.now();
  const isPending = (one: Written) => one.images !== undefined || !isDoubtful(one);

  /** True when something went through. */
  async function batch(): Promise<boolean> {
    const chosen = [...ready.values()].slice(0, batchMax);
    const found = await Promise.all(chosen.map((one) => imagesOf(options, one)));
    const empty = chosen.filter((one, index) => found[index]?.length === 0 && !isDoubtful(one));
    finish(empty.map(({ write }) => write));
    const full = chosen.flatMap((one, index) => {
      const images = found[index] ?? [];
      return images.length === 0 ? [] : [{ write: one.write, images }];
    });
    if (full.length === 0) return empty.length > 0;
    const failedFrom = await options.publish(eventOf(full.flatMap(({ images }) => images)));
    const through = throughUntil(full, failedFrom);
    finish(through);
    return through.length > 0 || setAside(full[0]?.write ?? 0);
  }

  /** A record that never gets through must not hold up the others for ever; the next start tries it. */
  function setAside(write: number): boolean {
    stuck = { write, tries: stuck.write === write ? stuck.tries + 1 : 1 };
    if (stuck.tries < triesMax) return false;
    ready.delete(write);
    options.log.error("a record is given up until the next start", { write });
    return true;
  }

  async function drain(): Promise<void> {
    try {
      while (!isStopped && ready.size > 0 && (await batch()));
    } catch (error) {
      options.log.error("records could not be published", { error: messageOf(error) });
    }
  }

  const run = (): Promise<void> => {
    running ??= drain().finally(() => {
      running = undefined;
    });
    return running;
  };
  const pending = () => [...ready.values()].filter(isPending).length;
  return {
    pending,
    soon: () => void setImmediate(run),
    async settle() {
      if (ready.size > 0) await run();
      for (let round = 0; round < settleRoundsMax && pending() > 0; round += 1) await run();
    },
    async stop() {
      isStopped = true;
      await running;
    },
  };
}

async function imagesOf({ client, table }: StreamOptions, written: Written): Promise<Image[]> {
  if (written.images) return [...written.images];
  const found = await Promise.all(
    written.keys.map(({ pk, sk }) =>
      client.send(
        new GetItemCommand({
          TableName: table,
          Key: { pk: { S: pk }, sk: { S: sk } },
          ConsistentRead: true,
        }),
      ),
    ),
  );
  return found.flatMap(({ Item }) => (Item ? [Item] : []));
}

function eventOf(images: readonly Image[]): DynamoDBStreamEvent {
  return { Records: images.map(recordOf) };
}

const recordOf = (image: Image, index: number): DynamoDBRecord => ({
  eventID: `local-${index}`,
  eventName: "INSERT",
  eventVersion: "1.1",
  eventSource: "aws:dynamodb",
  awsRegion: "local",
  dynamodb: {
    Keys: pickKeys(image),
    NewImage: image as NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"] & object,
    SequenceNumber: String(index),
    StreamViewType: "NEW_AND_OLD_IMAGES",
  },
});

function pickKeys(image: Image) {
  const { pk, sk } = keyOf(image);
  return { pk: { S: pk }, sk: { S: sk } };
}

/** As with a real stream, everything from the first failed record on comes again. */
function throughUntil(
  full: readonly { readonly write: number; readonly images: readonly Image[] }[],
  response: DynamoDBBatchResponse | undefined,
): number[] {
  const failed = (response?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  const firstFailed = Math.min(...failed.map(Number));
  let seen = 0;
  return full.flatMap(({ write, images }) => {
    seen += images.length;
    return seen <= firstFailed ? [write] : [];
  });
}
