/** A bucket holds up to `burst` requests and is refilled with `perS` of them each second. */
export interface Rate {
  readonly perS: number;
  readonly burst: number;
}

export interface Bucket {
  readonly left: number;
  readonly atMs: number;
}

export const fullBucket = ({ burst }: Rate, atMs: number): Bucket => ({ left: burst, atMs });

export type Taken =
  | { readonly ok: true; readonly next: Bucket }
  | { readonly ok: false; readonly retryAfterS: number };

const refilled = ({ left, atMs }: Bucket, { perS, burst }: Rate, nowMs: number): number =>
  Math.min(burst, left + (Math.max(0, nowMs - atMs) / 1_000) * perS);

/** Refused requests cost nothing: whoever waits as long as told comes in. */
export function takeFrom(bucket: Bucket, rate: Rate, nowMs: number): Taken {
  const left = refilled(bucket, rate, nowMs);
  if (left >= 1) return { ok: true, next: { left: left - 1, atMs: Math.max(nowMs, bucket.atMs) } };
  return { ok: false, retryAfterS: Math.max(1, Math.ceil((1 - left) / rate.perS)) };
}

/** As good as new: nothing is lost when it is forgotten. */
export const isFull = (bucket: Bucket, rate: Rate, nowMs: number): boolean =>
  refilled(bucket, rate, nowMs) >= rate.burst;

/** What the functions that run side by side count together: so many seconds' requests at a time. */
export const sharedWindowS = 10;

/** The window's first instant, in milliseconds. */
export function windowAt(nowMs: number): number {
  const lengthMs = sharedWindowS * 1_000;
  return Math.floor(nowMs / lengthMs) * lengthMs;
}

export const windowEndS = (startMs: number, nowMs: number): number =>
  Math.max(1, Math.ceil((startMs + sharedWindowS * 1_000 - nowMs) / 1_000));
