import { build as buildReconcile } from "../../../functions/jobs/reconcile-stripe.ts";
import { Broken } from "../broken.ts";
import { requireCaughtUp } from "../checks/clockwork.ts";
import { calm } from "../machine.ts";
import type { Operation } from "../operation.ts";
import type { World } from "../world.ts";
import { nextDue, tick } from "./ticks.ts";

export const clock: readonly Operation[] = [
  {
    name: "days-pass",
    weight: 4,
    isTimed: true,
    run: (world) => pass(world, world.dice.between(1, 96)),
  },
  { name: "month-ends", weight: 1, isTimed: true, run: monthEnds },
  { name: "outage", weight: 1, isTimed: true, run: outage },
  { name: "reconcile", weight: 3, run: reconcile },
  { name: "tick", weight: 4, run: async (world) => void (await tick(world)) },
];

const hourMs = 3_600_000;
/** Ticks that never came. */
const missingRate = 0.2;

/** Hour by hour through every due instant, with the daily look for what webhooks missed. */
async function pass(world: World, hours: number): Promise<void> {
  await timePasses(world, world.clock.nowMs() + hours * hourMs);
}

/** Much longer than lists are behind. */
const standingMaxMs = 30_000;

export async function timePasses(world: World, untilMs: number): Promise<void> {
  const { clock: time, stripe, machine } = world;
  let lookedMs = 0;
  let sinceMs = time.nowMs();
  while (time.nowMs() < untilMs) {
    const instants = [stripe.standIn.dueInstants(), nextDue(world)];
    const due = Math.min(...instants.map((one) => Date.parse(one ?? "9999-01-01")));
    const next = Math.min(untilMs, Math.max(time.nowMs() + 1, due), time.nowMs() + 24 * hourMs);
    if (next - time.nowMs() > 1) sinceMs = next;
    if (next - sinceMs > standingMaxMs) throw new Broken(`due work at ${time.now()} never ends`);
    time.advanceTo(new Date(next).toISOString());
    world.note(`  ${time.now()}`);
    await stripe.standIn.runDue();
    const isMissing = machine.rates.crash > 0 && machine.dice.chance(missingRate);
    if (!isMissing) await tick(world);
    if (time.nowMs() - lookedMs >= 20 * hourMs) {
      lookedMs = time.nowMs();
      await reconcile(world);
    }
    await world.bus.deliver(1);
    requireCaughtUp(world);
  }
}

async function monthEnds(world: World): Promise<void> {
  const now = new Date(world.clock.nowMs());
  await timePasses(world, Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1, 0, 0, 5));
}

/** Nothing runs; webhooks come again, or the next look at Stripe finds what they brought. */
async function outage(world: World): Promise<void> {
  world.clock.advance(world.dice.between(1, 48) * hourMs);
}

const triesMax = 8;

export async function reconcile(world: World): Promise<void> {
  const { machine } = world;
  const { rates } = machine;
  for (let tries = 1; tries <= triesMax; tries += 1) {
    if (tries === triesMax) machine.rates = calm;
    const process = machine.start();
    const failure = await buildReconcile(world.depsFor(process))().then(
      ({ missed }) => void world.note(`  reconciled ${missed}`),
      (error: unknown) => error as Error,
    );
    const isProvoked = process.faults > 0;
    process.isAlive = false;
    await world.check();
    if (!failure && !isProvoked) break;
    if (failure && !isProvoked) throw new Broken(`reconcile fails: ${failure.stack}`);
  }
  machine.rates = rates;
}
