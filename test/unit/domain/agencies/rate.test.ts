import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Bucket,
  fullBucket,
  isFull,
  takeFrom,
  windowAt,
  windowEndS,
} from "../../../../domain/agencies/rate.ts";

const rate = { perS: 50, burst: 200 };
const nowMs = Date.parse("2027-03-01T09:00:00.000Z");

/** How many of the requests at these instants come in. */
function admittedAt(instantsMs: readonly number[]): number {
  let bucket: Bucket = fullBucket(rate, instantsMs[0] ?? nowMs);
  let count = 0;
  for (const atMs of instantsMs) {
    const taken = takeFrom(bucket, rate, atMs);
    if (!taken.ok) continue;
    bucket = taken.next;
    count += 1;
  }
  return count;
}

describe("a bucket", () => {
  test("lets a burst in, and no more in the same instant", () => {
    expect(admittedAt(Array.from({ length: 300 }, () => nowMs))).toBe(200);
  });

  test("gives way again at its rate", () => {
    const later = Array.from({ length: 100 }, () => nowMs + 1_000);
    expect(admittedAt([...Array.from({ length: 300 }, () => nowMs), ...later])).toBe(250);
  });

  test("never lets more in than a burst and what time refilled", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 600 });
    fc.assert(
      fc.property(gaps, (gapsMs) => {
        let atMs = nowMs;
        const instants = gapsMs.map((gap) => {
          atMs += gap;
          return atMs;
        });
        const passedS = (atMs - (instants[0] ?? nowMs)) / 1_000;
        expect(admittedAt(instants)).toBeLessThanOrEqual(rate.burst + passedS * rate.perS + 1e-6);
      }),
    );
  });

  test("lets in whoever waited as long as told", () => {
    const empty = { left: 0.2, atMs: nowMs };
    const slow = { perS: 0.5, burst: 3 };
    const refused = takeFrom(empty, slow, nowMs);
    expect(refused).toEqual({ ok: false, retryAfterS: 2 });
    expect(takeFrom(empty, slow, nowMs + 2_000).ok).toBe(true);
  });

  test("loses nothing to a clock that goes back", () => {
    const taken = takeFrom({ left: 5, atMs: nowMs }, rate, nowMs - 60_000);
    expect(taken).toEqual({ ok: true, next: { left: 4, atMs: nowMs } });
  });

  test("is full again after a while", () => {
    expect(isFull({ left: 0, atMs: nowMs }, rate, nowMs + 3_999)).toBe(false);
    expect(isFull({ left: 0, atMs: nowMs }, rate, nowMs + 4_000)).toBe(true);
  });
});

test("windows follow each other without a gap", () => {
  expect(windowAt(nowMs)).toBe(nowMs);
  expect(windowAt(nowMs + 9_999)).toBe(nowMs);
  expect(windowAt(nowMs + 10_000)).toBe(nowMs + 10_000);
  expect(windowEndS(nowMs, nowMs + 4_200)).toBe(6);
});
