import type { Clock } from "./clock.ts";
import type { Dice } from "./dice.ts";

/** One run of one handler: what it has in memory ends with it. */
export interface Process {
  isAlive: boolean;
  /** The consumer and the event that it works on. */
  readonly cause: string;
  /** How many faults were put in its way. */
  faults: number;
  /** The mail that it handed over last and has not marked as sent. */
  mail: string | undefined;
}

export interface Rates {
  /** Before a call, and again after it. */
  readonly crash: number;
  readonly throttle: number;
  readonly conflict: number;
  readonly late: number;
  readonly lagMs: number;
  /** Stripe does not answer: before it did anything, or after. */
  readonly unavailable: number;
}

export const calm: Rates = {
  ...{ crash: 0, throttle: 0, conflict: 0, late: 0, lagMs: 0, unavailable: 0 },
};
export const rough: Rates = {
  ...{ crash: 0.004, throttle: 0.05, conflict: 0.1, late: 0.02, lagMs: 5_000, unavailable: 0.03 },
};

export class Crash extends Error {}

/**
 * Everything that reaches the outside goes through here, one call after the other: so the order of
 * things, and with it every draw of the dice, is the same in every run of one seed.
 */
export interface Machine {
  rates: Rates;
  dice: Dice;
  readonly clock: Clock;
  /** Mails that a crash in the instant of sending may have sent twice. */
  readonly doubtful: Set<string>;
  start(cause?: string): Process;
  inTurn<T>(process: Process, work: () => Promise<T>): Promise<T>;
  /** Lets several processes run at once: whose call is next, the dice say, once all of them wait. */
  together<T>(work: () => Promise<T>): Promise<T>;
  die(process: Process, where: string): Crash;
  fault(process: Process, error: Error): Error;
}

export function createMachine(clock: Clock, dice: Dice, note: (line: string) => void): Machine {
  let last: Promise<unknown> = Promise.resolve();
  let crowd: Crowd | undefined;
  const doubtful = new Set<string>();
  return {
    rates: calm,
    ...{ dice, clock, doubtful },
    start: (cause = "") => ({ isAlive: true, cause, faults: 0, mail: undefined }),
    inTurn(process, work) {
      const alive = async () => {
        if (!process.isAlive) throw new Crash();
        return work();
      };
      if (crowd) return crowd.wait(alive);
      const turn = last.then(alive);
      last = turn.catch(() => undefined);
      return turn;
    },
    async together(work) {
      await last;
      crowd = createCrowd(this.dice);
      try {
        return await crowd.serve(work());
      } finally {
        crowd = undefined;
      }
    },
    die(process, where) {
      process.isAlive = false;
      process.faults += 1;
      if (process.mail !== undefined) doubtful.add(process.mail);
      note(`  crash ${where}`);
      return new Crash(where);
    },
    fault(process, error) {
      process.faults += 1;
      note(`  ${error.name}`);
      return error;
    },
  };
}

interface Crowd {
  wait<T>(call: () => Promise<T>): Promise<T>;
  /** Until the work is done. */
  serve<T>(work: Promise<T>): Promise<T>;
}

/** Between two calls a process only computes: after one turn of the event loop all of them wait again. */
function createCrowd(dice: Dice): Crowd {
  const waiting: (() => Promise<unknown>)[] = [];
  return {
    wait: (call) =>
      new Promise((resolve, reject) => {
        waiting.push(() => call().then(resolve, reject));
      }),
    async serve(work) {
      let isDone = false;
      const over = work.finally(() => {
        isDone = true;
      });
      over.catch(() => undefined);
      while (!isDone) {
        await new Promise((resolve) => setImmediate(resolve));
        const [call] = waiting.splice(dice.below(waiting.length), 1);
        await call?.();
      }
      return over;
    },
  };
}
