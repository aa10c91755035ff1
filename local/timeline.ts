import { epochMsOf, instantOfMs } from "../domain/shared/calendar.ts";
import type { Clock } from "./clock.ts";

/** Something that has work waiting for its time. */
export interface DueSource {
  readonly name: string;
  /** The earliest instant after this one at which work waits. */
  next(after: string): Promise<string | undefined>;
  /** Does what is due by now; tells how much that was. */
  run(): Promise<number>;
  /** The source is looked at on whole multiples of this only, as a scheduled rule would. */
  readonly everyMs?: number;
}

export interface Timeline {
  /** Moves through every due instant up to the target, settling at each; tells how much was done. */
  advance(target: string): Promise<number>;
  /** Moves without doing anything, as if everything had been off. */
  skip(target: string): Promise<void>;
  /** Does all that is due by now, and all that follows from it. */
  catchUp(): Promise<number>;
  /** What the running clock does: what is due by now, once. Nothing when other work goes on. */
  tick(): Promise<void>;
  /** Nothing else on the timeline happens during this work. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

interface TimelineOptions {
  readonly clock: Clock;
  readonly sources: readonly DueSource[];
  readonly settle: () => Promise<unknown>;
}

/** What is done may make more due at once: occurrences missed, a retry. More rounds are a bug. */
const roundsMax = 1_000;
const beginning = "0000-01-01T00:00:00.000Z";

interface Look {
  readonly source: DueSource;
  /** Infinite when nothing waits. */
  readonly dueMs: number;
}

interface Calm {
  readonly ran: number;
  readonly ahead: readonly Look[];
}

export function createTimeline({ clock, sources, settle }: TimelineOptions): Timeline {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    waiting += 1;
    const result = last.then(work).finally(() => {
      waiting -= 1;
    });
    last = result.catch(() => undefined);
    return result;
  };

  const look = (after: string): Promise<Look[]> =>
    Promise.all(
      sources.map(async (source) => {
        const next = await source.next(after);
        return { source, dueMs: next === undefined ? Number.POSITIVE_INFINITY : epochMsOf(next) };
      }),
    );

  /** Until nothing is due by now. The last look tells what comes next, so it isn't asked twice. */
  async function runUntilCalm(first: readonly Look[]): Promise<Calm> {
    let total = 0;
    let ahead = first;
    for (let round = 0; round < roundsMax; round += 1) {
      let ran = 0;
      const isDue = ({ dueMs }: Look) => dueMs <= clock.nowMs();
      for (const { source } of ahead.filter(isDue)) ran += await source.run();
      await settle();
      total += ran;
      // What is due and yet does nothing would hold up the clock for ever.
      ahead = await look(ran === 0 ? clock.now() : beginning);
      if (!ahead.some(isDue)) return { ran: total, ahead };
    }
    throw new Error(`due work at ${clock.now()} does not come to an end`);
  }

  const runDue = (): Promise<Calm> =>
    runUntilCalm(sources.map((source) => ({ source, dueMs: Number.NEGATIVE_INFINITY })));

  async function walk(target: string): Promise<number> {
    const targetMs = epochMsOf(target);
    const release = clock.hold();
    try {
      await settle();
      let { ran, ahead } = await runDue();
      while (clock.nowMs() < targetMs) {
        clock.moveTo(instantOfMs(Math.min(...ahead.map(tickOf), targetMs)));
        const calm = await runUntilCalm(ahead);
        ahead = calm.ahead;
        ran += calm.ran;
      }
      return ran;
    } finally {
      release();
    }
  }

  return {
    exclusively,
    advance: (target) => exclusively(() => walk(target)),
    skip: (target) => exclusively(async () => clock.moveTo(target)),
    catchUp: () => exclusively(async () => (await runDue()).ran),
    tick: async () => {
      if (waiting > 0) return;
      await exclusively(async () => {
        for (const source of sources) await source.run();
      });
    },
  };
}

const tickOf = ({ source: { everyMs = 1 }, dueMs }: Look): number =>
  Math.ceil(dueMs / everyMs) * everyMs;
