import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { consumers } from "../../functions/consumers/all.ts";
import { follow, followDelayed, followEvents, operations } from "./actors/all.ts";
import { noteBalances } from "./actors/by-top-up.ts";
import { tick } from "./actors/ticks.ts";
import { Broken } from "./broken.ts";
import { requireCaughtUp } from "./checks/clockwork.ts";
import { diceFor } from "./dice.ts";
import { end } from "./ending.ts";
import { rough } from "./machine.ts";
import type { Operation } from "./operation.ts";
import { setUp } from "./setup.ts";
import { openWorld, requirePromises, type World } from "./world.ts";

export interface HistoryOptions {
  /** Operations that come ten times as often: for whoever looks for one bug. */
  readonly often?: readonly string[];
  readonly seed: string;
  /** Only these steps; all without. Each step keeps its own dice. */
  readonly steps?: readonly number[];
  /** No faults are put in anybody's way. */
  readonly isSmooth?: boolean;
  /** Only what moves money: no mails, counters or words, and no look at them in the end. */
  readonly isFocused?: boolean;
  /** No step begins when the time is over: the end follows, and the outcome names the steps done. */
  readonly isOver?: () => boolean;
}

export interface Outcome {
  readonly seed: string;
  /** How it was run, beside its steps. */
  readonly shape: Pick<HistoryOptions, "isSmooth" | "isFocused" | "often">;
  readonly steps: readonly number[];
  readonly trace: readonly string[];
  readonly hash: string;
  readonly failure: Error | undefined;
  /** Absent: it broke before the first step, at the end, or not at all. */
  readonly brokenAt: number | undefined;
}

const zones = ["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"] as const;
/** The eve of month ends, leap days and both changes of the clocks. */
const eves = [
  ...["2027-01-30T21:00:00Z", "2028-02-28T22:00:00Z", "2027-03-13T20:00:00Z"],
  ...["2027-03-27T20:00:00Z", "2027-10-30T20:00:00Z", "2027-12-30T18:00:00Z"],
] as const;

export function stepsOf(seed: string): number[] {
  const count = diceFor(`${seed} length`).between(50, 200);
  return Array.from({ length: count }, (_, index) => index);
}

const moneyMovers = new Set([
  ...["stripe-event-received-handle", "payment-refunded-ask-stripe"],
  ...["payment-pending-charge-method", "balance-changed-close-checkout"],
  ...["record-changed-plan-due", "charge-ended-note-schedule", "agency-updated-plan-due"],
  ...["payment-received-start-prepayment", "balance-changed-top-up"],
  "contact-erasure-asked-erase",
]);

/** One history from its seed: the same seed and steps give the same trace, byte for byte. */
export async function runHistory(options: HistoryOptions): Promise<Outcome> {
  const { seed, isSmooth = false, isFocused = false, often = [] } = options;
  const dice = diceFor(`${seed} world`);
  const world = await openWorld({
    ...{ seed, follow, followEvents, followDelayed, note: noteBalances, currency: "USD" },
    consumers: isFocused ? consumers.filter(({ name }) => moneyMovers.has(name)) : consumers,
    start: dice.pick(eves),
    timeZone: dice.pick(zones),
  });
  const played = weighted(dice.chance(0.5), often);
  const isRough = dice.chance(0.8) && !isSmooth;
  const planned = options.steps ?? stepsOf(seed);
  const steps: number[] = [];
  let failure: Error | undefined;
  let brokenAt: number | undefined;
  try {
    await setUp(world);
    // Some run smoothly: what breaks there, no fault is to blame for.
    if (isRough) world.machine.rates = rough;
    for (const index of planned) {
      if (options.isOver?.()) break;
      steps.push(index);
      brokenAt = index;
      await step(world, { index, played });
    }
    brokenAt = undefined;
    await end(world, isFocused);
  } catch (error) {
    failure = error instanceof Error ? error : new Broken(String(error));
    world.note(`broken: ${failure.message}`);
  }
  const hash = createHash("sha256").update(world.trace.join("\n"));
  for (const [key, item] of [...world.storage.mirror].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // The table keeps attributes, and those of a map, in no order.
    hash.update(`${key} ${canonicalize(item)}`);
  }
  await world.close();
  const shape = { isSmooth, isFocused, often };
  return { seed, shape, steps, trace: world.trace, hash: hash.digest("hex"), failure, brokenAt };
}

const tickRate = 0.4;

const oftenFactor = 10;

/** Everybody; in every other history mostly those about whom the clock has something to do. */
const weighted = (isTimed: boolean, often: readonly string[]): readonly Operation[] =>
  operations.map((one) => {
    const weight = one.weight * (isTimed && one.isTimed ? 4 : 1);
    return { ...one, weight: often.includes(one.name) ? weight * oftenFactor : weight };
  });

async function step(
  world: World,
  { index, played }: { readonly index: number; readonly played: readonly Operation[] },
): Promise<void> {
  world.beginStep(index);
  const operation = chosen(world, played);
  world.clock.advance(1_000 + world.dice.below(3_600_000));
  world.note(`${index} ${world.clock.now()} ${operation.name}`);
  await operation.run(world);
  requirePromises(world);
  if (world.dice.chance(tickRate)) await tick(world);
  await world.bus.deliver(world.dice.pick([0, 0.5, 1]));
  requirePromises(world);
  requireCaughtUp(world);
}

function chosen({ dice }: World, all: readonly Operation[]): Operation {
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  let left = dice.fraction() * total;
  for (const operation of all) {
    left -= operation.weight;
    if (left < 0) return operation;
  }
  return dice.pick(all);
}
