import type { Envelope } from "../events/envelope.ts";
import type { Consumer } from "../functions/kit/consumer.ts";
import { wants } from "../functions/kit/dispatch.ts";
import { openAppendLog } from "./append-log.ts";

export interface Delivery {
  readonly message: number;
  readonly consumer: string;
  readonly envelope: Envelope;
  readonly tries: number;
  /** When the next try is due; 0 at first. */
  readonly notBeforeMs: number;
}

export interface DeadLetter {
  readonly message: number;
  readonly consumer: string;
  readonly envelope: Envelope;
  readonly tries: number;
  readonly error: string;
  readonly at: string;
}

export type BusEntry =
  | { readonly op: "put"; readonly message: number; readonly envelope: Envelope; to: string[] }
  | { readonly op: "done"; readonly message: number; readonly consumer: string }
  | ({ readonly op: "failed"; readonly message: number; readonly consumer: string } & Retry)
  | ({ readonly op: "dead" } & DeadLetter);

type Retry = Pick<Delivery, "tries" | "notBeforeMs">;

export interface Deliveries {
  put(envelopes: readonly Envelope[]): void;
  /** The next that may be tried; it stays on record until `done` or `bury`. */
  take(): Delivery | undefined;
  done(delivery: Delivery): void;
  postpone(delivery: Delivery, retry: Retry): void;
  bury(delivery: Delivery, why: Pick<DeadLetter, "tries" | "error" | "at">): void;
  /** Lets those be taken again whose time has come; tells how many. */
  release(nowMs: number): number;
  nextRetryMs(afterMs: number): number | undefined;
  /** Ready to be taken now. */
  readonly waiting: number;
  /** Not done: ready, being tried or postponed. */
  readonly pending: number;
  readonly deadLetters: readonly DeadLetter[];
  clear(): void;
  close(): void;
}

const linesMin = 5_000;

/** One durable queue per consumer, all in one file: what is put in it stays until it is done with. */
export function openDeliveries(
  file: string,
  consumers: readonly Pick<Consumer, "name" | "on">[],
): Deliveries {
  const log = openAppendLog<BusEntry>(file);
  const book = replay(log.read());
  const ready = createLine(book.open);
  const write = (entry: BusEntry): void => {
    log.append(entry);
    if (log.lines > linesMin + 4 * (book.open.size + book.dead.length))
      log.rewrite(entriesOf(book));
  };
  return {
    put: (envelopes) => {
      for (const envelope of envelopes) {
        const to = consumers.filter((one) => wants(one, envelope.type)).map(({ name }) => name);
        if (to.length === 0) continue;
        book.lastMessage += 1;
        const entry: BusEntry = { op: "put", message: book.lastMessage, envelope, to };
        ready.join(enter(book, entry));
        write(entry);
      }
    },
    take: ready.take,
    done: (delivery) => {
      book.open.delete(keyOf(delivery));
      write({ op: "done", message: delivery.message, consumer: delivery.consumer });
    },
    postpone: (delivery, retry) => {
      const { message, consumer } = delivery;
      ready.join([{ ...delivery, ...retry }]);
      book.open.set(keyOf(delivery), { ...delivery, ...retry });
      write({ op: "failed", message, consumer, ...retry });
    },
    bury: ({ message, consumer, envelope }, why) => {
      const letter = { message, consumer, envelope, ...why };
      book.open.delete(keyOf(letter));
      book.dead.push(letter);
      write({ op: "dead", ...letter });
    },
    release: ready.release,
    nextRetryMs: ready.nextRetryMs,
    get waiting() {
      return ready.length;
    },
    get pending() {
      return book.open.size;
    },
    get deadLetters() {
      return book.dead;
    },
    clear: () => {
      book.open.clear();
      book.dead.length = 0;
      ready.clear();
      log.rewrite([]);
    },
    close: log.close,
  };
}

/** Who is next: first come, first served; the postponed stand aside until they are released. */
function createLine(open: ReadonlyMap<string, Delivery>) {
  let waiting: Delivery[] = [];
  let taken = 0;
  let aside: Delivery[] = [];
  const join = (deliveries: readonly Delivery[]): void => {
    for (const one of deliveries) (one.notBeforeMs > 0 ? aside : waiting).push(one);
  };
  join([...open.values()]);
  return {
    join,
    take(): Delivery | undefined {
      const next = waiting[taken];
      if (!next) return undefined;
      taken += 1;
      if (taken >= lineStart) {
        waiting = waiting.slice(taken);
        taken = 0;
      }
      return next;
    },
    release(nowMs: number): number {
      const isDue = (one: Delivery) => one.notBeforeMs <= nowMs;
      const due = aside.filter(isDue);
      aside = aside.filter((one) => !isDue(one));
      waiting.push(...due);
      return due.length;
    },
    nextRetryMs(afterMs: number): number | undefined {
      const later = aside.map(({ notBeforeMs }) => notBeforeMs).filter((time) => time > afterMs);
      return later.length === 0 ? undefined : Math.min(...later);
    },
    get length() {
      return waiting.length - taken;
    },
    clear() {
      waiting = [];
      taken = 0;
      aside = [];
    },
  };
}

/** Those already served are cut off the front of the line in pieces, not one by one. */
const lineStart = 1_000;

const keyOf = ({ message, consumer }: Pick<Delivery, "message" | "consumer">): string =>
  `${message} ${consumer}`;

interface Book {
  readonly open: Map<string, Delivery>;
  readonly dead: DeadLetter[];
  lastMessage: number;
}

function replay(entries: readonly BusEntry[]): Book {
  const book: Book = { open: new Map(), dead: [], lastMessage: 0 };
  for (const entry of entries) enter(book, entry);
  return book;
}

/** Tells what the entry opened. */
function enter(book: Book, entry: BusEntry): Delivery[] {
  book.lastMessage = Math.max(book.lastMessage, entry.message);
  if (entry.op === "put") {
    const { message, envelope, to } = entry;
    const opened = to.map((consumer) => ({
      message,
      consumer,
      envelope,
      tries: 0,
      notBeforeMs: 0,
    }));
    for (const delivery of opened) book.open.set(keyOf(delivery), delivery);
    return opened;
  }
  const delivery = book.open.get(keyOf(entry));
  if (entry.op === "failed") {
    const { tries, notBeforeMs } = entry;
    if (delivery) book.open.set(keyOf(entry), { ...delivery, tries, notBeforeMs });
    return [];
  }
  book.open.delete(keyOf(entry));
  if (entry.op === "dead") {
    const { op: _op, ...letter } = entry;
    book.dead.push(letter);
  }
  return [];
}

function entriesOf({ open, dead }: Book): BusEntry[] {
  const left = [...open.values()].flatMap((delivery): BusEntry[] => {
    const { message, consumer, envelope, tries, notBeforeMs } = delivery;
    const put: BusEntry = { op: "put", message, envelope, to: [consumer] };
    return tries === 0 ? [put] : [put, { op: "failed", message, consumer, tries, notBeforeMs }];
  });
  return [...left, ...dead.map((letter): BusEntry => ({ op: "dead", ...letter }))];
}
