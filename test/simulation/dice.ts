import { createHash } from "node:crypto";

/** Randomness that a text determines: the same text, the same history. */
export interface Dice {
  /** From 0 up to 1. */
  fraction(): number;
  /** A whole number from 0, below `bound`. */
  below(bound: number): number;
  between(least: number, most: number): number;
  chance(rate: number): boolean;
  pick<T>(all: readonly T[]): T;
  /** As `pick`, of what may be nothing at all. */
  maybe<T>(all: readonly T[]): T | undefined;
  shuffled<T>(all: readonly T[]): T[];
  bytes(count: number): Uint8Array;
}

export function diceFor(seed: string): Dice {
  const next = sequence(createHash("sha256").update(seed).digest());
  const fraction = (): number => next() / 2 ** 32;
  const below = (bound: number): number => Math.floor(fraction() * bound);
  const maybe = <T>(all: readonly T[]): T | undefined => all[below(all.length)];
  return {
    ...{ fraction, below, maybe },
    between: (least, most) => least + below(most - least + 1),
    chance: (rate) => fraction() < rate,
    pick: (all) => {
      const picked = maybe(all);
      if (picked === undefined) throw new Error("nothing to pick from");
      return picked;
    },
    shuffled: (all) => {
      const left = [...all];
      return all.flatMap(() => left.splice(below(left.length), 1));
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => next() >>> 24),
  };
}

/** sfc32: 128 bits of state from the seed's hash, 32 bits a step. */
function sequence(seed: Buffer): () => number {
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => seed.readInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ];
  return () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
}
