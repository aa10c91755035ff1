import {
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  QueryCommand,
  type QueryCommandOutput,
  ScanCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { isOutbox } from "../../functions/publish/envelopes.ts";
import { Crash, type Machine, type Process } from "./machine.ts";

export type Item = Record<string, unknown>;

/** The table as handlers see it through the faults, and as the checks see it without. */
export interface Storage {
  /** What one process holds in its hands; it is dead with the process. */
  clientFor(process: Process): DynamoDBDocumentClient;
  /** The mirror is the table again; a history's end proves it by a scan. Answers the changed keys. */
  sync(): Promise<string[]>;
  /** Every item of the table by `pk|sk`, as of the last `sync`. */
  readonly mirror: Map<string, Item>;
  /** Committed records, in their order, that nobody has published. */
  readonly outbox: Item[];
  /** The whole table, item by item. */
  scan(): Promise<Map<string, Item>>;
}

type Writes = NonNullable<TransactWriteCommand["input"]["TransactItems"]>;
interface Seen {
  readonly visibleMs: number;
  readonly item: Item | undefined;
}
/** As it was put; `null` is deleted, `undefined` was changed in place and has to be read. */
interface Written {
  readonly key: Item;
  readonly item: Item | null | undefined;
}
interface State {
  readonly dirty: Map<string, Written>;
  readonly outbox: Item[];
  readonly history: Map<string, Seen[]>;
}

/** What one read may name. */
const batchMax = 100;

const keyText = ({ pk, sk }: Item): string => `${pk}|${sk}`;

export function createStorage(
  machine: Machine,
  { db, table }: { readonly db: DynamoDBDocumentClient; readonly table: string },
): Storage {
  const state: State = { dirty: new Map(), outbox: [], history: new Map() };
  const mirror = new Map<string, Item>();
  return {
    clientFor: (process) => {
      const send = (command: unknown) =>
        machine.inTurn(process, () => sent(machine, state, { process, command, db }));
      return new Proxy(db, {
        get: (target, name) => (name === "send" ? send : Reflect.get(target, name)),
      });
    },
    async sync() {
      const written = [...state.dirty];
      state.dirty.clear();
      for (const [name, { item }] of written) {
        if (item) mirror.set(name, item);
        else mirror.delete(name);
      }
      const changed = written.filter(([, { item }]) => item === undefined);
      for (let from = 0; from < changed.length; from += batchMax) {
        const keys = changed.slice(from, from + batchMax).map(([, { key }]) => key);
        const batch = { Keys: keys, ConsistentRead: true };
        const found = await db.send(new BatchGetCommand({ RequestItems: { [table]: batch } }));
        for (const item of found.Responses?.[table] ?? []) mirror.set(keyText(item), item);
      }
      return written.map(([name]) => name);
    },
    ...{ mirror, outbox: state.outbox },
    async scan() {
      const items = new Map<string, Item>();
      let from: Item | undefined;
      do {
        const start = from ? { ExclusiveStartKey: from } : {};
        const page = await db.send(new ScanCommand({ TableName: table, ...start }));
        for (const item of page.Items ?? []) items.set(keyText(item), item);
        from = page.LastEvaluatedKey;
      } while (from);
      return items;
    },
  };
}

async function sent(
  machine: Machine,
  state: State,
  call: {
    readonly process: Process;
    readonly command: unknown;
    readonly db: DynamoDBDocumentClient;
  },
): Promise<unknown> {
  const { process, command, db } = call;
  const { rates, dice, clock } = machine;
  const isWrite = command instanceof TransactWriteCommand;
  const [before, trouble, after] = [dice.fraction(), dice.fraction(), dice.fraction()];
  clock.advance(1 + dice.below(8));
  if (!process.isAlive) throw new Crash();
  if (before < rates.crash) throw machine.die(process, "before storage");
  const { throttle, conflict, late } = rates;
  if (trouble < throttle) throw machine.fault(process, throttled());
  if (isWrite && trouble < throttle + conflict) {
    throw machine.fault(process, lostRace(command.input.TransactItems ?? [], dice.fraction()));
  }
  const answer = await db.send(command as never);
  if (isWrite) {
    noteWrites(machine, state, command.input.TransactItems ?? []);
    process.mail = undefined;
  }
  if (isWrite && trouble > 1 - late) throw machine.fault(process, timedOut());
  if (after < rates.crash) throw machine.die(process, "after storage");
  const isIndex = command instanceof QueryCommand && command.input.IndexName !== undefined;
  return isIndex ? lagged(machine, state, answer as QueryCommandOutput) : answer;
}

function noteWrites({ rates, dice, clock }: Machine, state: State, writes: Writes): void {
  for (const { Put, Delete, Update } of writes) {
    const key = (Put?.Item ?? Delete?.Key ?? Update?.Key) as Item | undefined;
    if (!key) continue;
    const { pk, sk } = key;
    const put = Put?.Item && asStored(Put.Item);
    const item = put ?? (Delete ? null : undefined);
    state.dirty.set(keyText(key), { key: { pk, sk }, item });
    if (Put?.Item && isOutbox(Put.Item)) state.outbox.push(Put.Item);
    if (Update) continue;
    const known = state.history.get(keyText(key)) ?? [];
    const lagMs = rates.lagMs > 0 ? dice.below(rates.lagMs) : 0;
    const visibleMs = Math.max(clock.nowMs() + lagMs, known.at(-1)?.visibleMs ?? 0);
    state.history.set(keyText(key), [...known.slice(-4), { visibleMs, item: put }]);
  }
}

/** As it comes back from the table: bytes are bytes, whatever they were before. */
function asStored(item: Item): Item {
  const stored = unmarshall(marshall(item, { removeUndefinedValues: true }));
  const bytes = Object.entries(stored).filter(([, value]) => value instanceof Uint8Array);
  return {
    ...stored,
    ...Object.fromEntries(bytes.map(([name, value]) => [name, Uint8Array.from(value)])),
  };
}

/** An index shows what stood there a moment ago: older versions, and not yet what is new. */
function lagged({ clock }: Machine, state: State, answer: QueryCommandOutput): QueryCommandOutput {
  const Items = (answer.Items ?? []).flatMap((fresh) => {
    const known = state.history.get(keyText(fresh)) ?? [];
    const seen = known.findLast(({ visibleMs }) => visibleMs <= clock.nowMs());
    if (known.length === 0 || seen === known.at(-1)) return [fresh];
    const then = seen?.item;
    if (then === undefined) return [];
    const { row, version, dueAt } = then;
    return [{ ...fresh, row, version, ...(fresh.dueShard ? { dueAt } : {}) }];
  });
  return { ...answer, ...(answer.Items ? { Items } : {}) };
}

const $metadata = { httpStatusCode: 400 };

const throttled = (): Error =>
  new ProvisionedThroughputExceededException({ message: "throttled", $metadata });

function lostRace(writes: Writes, draw: number): Error {
  const loser = Math.floor(draw * writes.length);
  return new TransactionCanceledException({
    message: "Transaction cancelled",
    $metadata,
    CancellationReasons: writes.map((_, index) => ({
      Code: index === loser ? "TransactionConflict" : "None",
    })),
  });
}

function timedOut(): Error {
  const error = new Error("committed, but the answer got lost");
  error.name = "TimeoutError";
  return error;
}
