import { addToRate, loadRate } from "../../domain/agencies/rate.store.ts";
import {
  type Bucket,
  fullBucket,
  isFull,
  type Rate,
  sharedWindowS,
  takeFrom,
  windowAt,
  windowEndS,
} from "../../domain/agencies/rate.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import { commit } from "./commit.ts";
import { Refused } from "./refused.ts";

export interface RateLimits {
  /** All keys of an agency together. */
  readonly agency: Rate;
  /** One key leaves some of the agency's burst to the others. */
  readonly key: Rate;
  /** One portal session. */
  readonly session: Rate;
  /** One network address without a log-in, or with credentials that open nothing. */
  readonly address: Rate;
}

export const rateLimits: RateLimits = {
  agency: { perS: 50, burst: 200 },
  key: { perS: 50, burst: 150 },
  session: { perS: 20, burst: 60 },
  address: { perS: 20, burst: 60 },
};

/** Who pays for a request, by the kind of its limit. */
export type Payer = readonly [kind: keyof RateLimits, name: string];

/** What one running function remembers of who asked how often. Nothing of it outlives the function. */
export interface Limiter {
  /** Throws 429 when one of the payers has asked too often; otherwise all have paid. */
  pay(payers: readonly Payer[], nowMs: number, credential?: string): void;
  /**
   * Throws 429 when `pay` would do so again for whoever showed this credential (a hash), so that a flood
   * costs the table no read: the table is everybody's.
   */
  requireWaited(credential: string, nowMs: number): void;
  /** Tells the other functions of an agency's requests, now and then. Never fails. */
  share(tenant: Tenant, nowMs: number): Promise<void>;
}

const bucketsMax = 10_000;
/** An agency that asks less often than so in a window and function never causes a write. */
const sharedEvery = 10;

interface Counted {
  readonly startMs: number;
  untold: number;
  isOver: boolean;
}

export function createLimiter(limits: RateLimits = rateLimits): Limiter {
  const buckets = new Map<string, Bucket>();
  const agencies = new Map<string, Counted>();
  const refused = new Map<string, readonly Payer[]>();
  /** What the payers' buckets hold once all have paid. */
  const take = (payers: readonly Payer[], nowMs: number): ReadonlyMap<string, Bucket> => {
    const taken = payers.map(([kind, name]) => {
      if (kind === "agency") requireWindow(agencies.get(name), nowMs);
      const key = `${kind} ${name}`;
      const bucket = buckets.get(key) ?? fullBucket(limits[kind], nowMs);
      return { key, result: takeFrom(bucket, limits[kind], nowMs) };
    });
    const waits = taken.flatMap(({ result }) => (result.ok ? [] : [result.retryAfterS]));
    if (waits.length > 0) throw tooMany(Math.max(...waits));
    return new Map(taken.flatMap(({ key, result }) => (result.ok ? [[key, result.next]] : [])));
  };
  return {
    pay(payers, nowMs, credential) {
      if (credential) noteWhile(refused, credential, payers);
      for (const [key, bucket] of take(payers, nowMs)) buckets.set(key, bucket);
      if (credential) refused.delete(credential);
      if (buckets.size > bucketsMax) forgetFull(buckets, limits, nowMs);
    },
    requireWaited(credential, nowMs) {
      take(refused.get(credential) ?? [], nowMs);
    },
    share: async (tenant, nowMs) => {
      const counted = countedAt(agencies, tenant.agency, nowMs);
      counted.untold += 1;
      if (counted.untold < sharedEvery) return;
      const requests = counted.untold;
      counted.untold = 0;
      const before = await tell(tenant, counted.startMs, requests);
      const max = limits.agency.perS * sharedWindowS + limits.agency.burst;
      if (before !== undefined && before + requests >= max) counted.isOver = true;
    },
  };
}

/** Kept as long as the credential's requests are refused; forgetting one only costs a read again. */
function noteWhile(
  refused: Map<string, readonly Payer[]>,
  credential: string,
  payers: readonly Payer[],
): void {
  if (refused.size > bucketsMax) refused.clear();
  refused.set(credential, payers);
}

function countedAt(agencies: Map<string, Counted>, agency: string, nowMs: number): Counted {
  const startMs = windowAt(nowMs);
  const known = agencies.get(agency);
  if (known?.startMs === startMs) return known;
  if (agencies.size > bucketsMax) agencies.clear();
  const made = { startMs, untold: 0, isOver: false };
  agencies.set(agency, made);
  return made;
}

/** A lost race or a slow table loses a few requests from the count, never a request. */
async function tell(tenant: Tenant, startMs: number, more: number): Promise<number | undefined> {
  try {
    const [before] = await Promise.all([
      loadRate(tenant, startMs),
      commit(tenant, [addToRate(tenant, startMs, more)]),
    ]);
    return before;
  } catch {
    return undefined;
  }
}

function requireWindow(counted: Counted | undefined, nowMs: number): void {
  if (!counted?.isOver || counted.startMs !== windowAt(nowMs)) return;
  throw tooMany(windowEndS(counted.startMs, nowMs));
}

function forgetFull(buckets: Map<string, Bucket>, limits: RateLimits, nowMs: number): void {
  for (const [key, bucket] of buckets) {
    const rate = limits[key.slice(0, key.indexOf(" ")) as keyof RateLimits];
    if (isFull(bucket, rate, nowMs)) buckets.delete(key);
  }
  // Still too many: the oldest make room, as if they had waited.
  for (const key of buckets.keys()) {
    if (buckets.size <= bucketsMax) return;
    buckets.delete(key);
  }
}

function tooMany(retryAfterS: number): Refused {
  return new Refused(refuse("request.limited", `Wait ${retryAfterS} s, then ask less often.`), {
    headers: { "retry-after": String(retryAfterS) },
  });
}
