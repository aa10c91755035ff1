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

  async function runDue(): Promise<number> {
    let total = 0;
    for (let round = 0; round < roundsMax; round += 1) {
      let ran = 0;
      for (const source of sources) ran += await source.run();
      await settle();
      total += ran;
      if (ran === 0) return total;
    }
    throw new Error(`due work at ${clock.now()} does not come to an end`);
  }

  async function nextStep(): Promise<number> {
    const now = clock.now();
    const steps = await Promise.all(
      sources.map(async (source) => {
        const next = await source.next(now);
        return next === undefined ? Number.POSITIVE_INFINITY : tickAfter(source, epochMsOf(next));
      }),
    );
    return Math.min(...steps);
  }

  async function walk(target: string): Promise<number> {
    const targetMs = epochMsOf(target);
    const release = clock.hold();
    try {
      await settle();
      let ran = await runDue();
      while (clock.nowMs() < targetMs) {
        clock.moveTo(instantOfMs(Math.min(await nextStep(), targetMs)));
        ran += await runDue();
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
    catchUp: () => exclusively(runDue),
    tick: async () => {
      if (waiting > 0) return;
      await exclusively(async () => {
        for (const source of sources) await source.run();
      });
    },
  };
}

const tickAfter = ({ everyMs = 1 }: DueSource, dueMs: number): number =>
  Math.ceil(dueMs / everyMs) * everyMs;
