import fc from "fast-check";
import { expect, test } from "vitest";
import { idFromSeed } from "../../../../domain/shared/id-seed.ts";
import { isId } from "../../../../domain/shared/ids.ts";

const seeds = fc.record({
  nowMs: fc.integer({ min: 0, max: 2 ** 47 }),
  random: fc.uint8Array({ minLength: 10, maxLength: 10 }),
});

test("ids of one decision are ids, all different, and sort as they were made", () => {
  fc.assert(
    fc.property(seeds, fc.nat(1_000), (seed, from) => {
      const ids = Array.from({ length: 20 }, (_, n) => idFromSeed("event", seed, from + n));
      expect(ids.every((id) => isId("event", id))).toBe(true);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.toSorted()).toEqual(ids);
    }),
  );
});

test("the largest randomness carries without running over, and the seed stays as it was", () => {
  const random = new Uint8Array(10).fill(0xff);
  const seed = { nowMs: 5, random };
  const [first, next] = [idFromSeed("event", seed, 0), idFromSeed("event", seed, 1)];
  expect(next > first).toBe(true);
  expect(next.slice(0, 14)).toBe(first.slice(0, 14));
  expect([...random]).toEqual(Array(10).fill(0xff));
});
