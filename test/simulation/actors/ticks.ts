import type { DueReference } from "../../../domain/shared/due.store.ts";
import { build as buildFindDue } from "../../../functions/jobs/find-due.ts";
import { performDue } from "../../../functions/jobs/perform-due.ts";
import type { Deps } from "../../../functions/kit/deps.ts";
import { Broken } from "../broken.ts";
import { calm, type Process } from "../machine.ts";
import type { World } from "../world.ts";

const triesMax = 8;
const doubledRate = 0.15;
const overlapRate = 0.1;

/** One run of the minute rule and of whoever performs what it found. Tells how much it found. */
export async function tick(world: World): Promise<number> {
  const { machine, clock } = world;
  const isEmpty = (nextDue(world) ?? "9999") > clock.now();
  // A look at nothing costs as much as any other, and seldom shows anything.
  if (isEmpty && machine.dice.chance(0.9)) return 0;
  const found = await foundNow(world);
  for (const due of found) {
    const isOverlapping = machine.rates.crash > 0 && machine.dice.chance(overlapRate);
    if (isOverlapping) await Promise.all([tried(world, due, true), tried(world, due, true)]);
    await performed(world, due);
    const isDoubled = machine.rates.crash > 0 && machine.dice.chance(doubledRate);
    if (isDoubled) await performed(world, machine.dice.pick(found));
  }
  return found.length;
}

/** Nobody but this tick runs: a tick that dies is followed by the next one. */
export async function foundNow(world: World): Promise<DueReference[]> {
  const { machine } = world;
  const { rates } = machine;
  try {
    for (let tries = 1; ; tries += 1) {
      if (tries === triesMax) machine.rates = calm;
      const process = machine.start();
      const found: DueReference[] = [];
      const sendDue: Deps["sendDue"] = async (due) => void found.push(...due);
      const failure = await buildFindDue({ ...world.depsFor(process), sendDue })().then(
        () => undefined,
        (error: unknown) => error as Error,
      );
      const isProvoked = process.faults > 0;
      process.isAlive = false;
      if (!failure) return found;
      if (!isProvoked) throw new Broken(`nobody finds what is due: ${failure.stack}`);
    }
  } finally {
    machine.rates = rates;
  }
}

/** The queue brings the message until it was taken. */
async function performed(world: World, due: DueReference): Promise<void> {
  const { machine } = world;
  const { rates } = machine;
  for (let tries = 1; tries <= triesMax; tries += 1) {
    if (tries === triesMax) machine.rates = calm;
    if (await tried(world, due, false)) break;
  }
  machine.rates = rates;
}

async function tried(world: World, due: DueReference, isOverlapped: boolean): Promise<boolean> {
  const process = world.machine.start();
  const failure = await performDue(depsOf(world, process, isOverlapped), due).then(
    (count) => void world.note(`  ${due.what} of ${due.id}: ${count}`),
    (error: unknown) => error as Error,
  );
  const crashed = !process.isAlive;
  process.isAlive = false;
  if (await world.check()) world.requirePromises();
  if (failure && process.faults === 0) throw new Broken(`${due.place}: ${failure.stack}`);
  return !failure && !crashed;
}

/** What is put off, was so for a reason. */
export function depsOf(world: World, process: Process, isOverlapped: boolean): Deps {
  const deps = world.depsFor(process);
  const error: Deps["log"]["error"] = (text, fields) => {
    if (process.faults > 0 || isOverlapped) return;
    world.failure ??= new Broken(`${text}: ${JSON.stringify(fields)}`);
  };
  return { ...deps, log: { ...deps.log, error } };
}

/** When the clock has something to do next. */
export function nextDue({ storage }: World): string | undefined {
  const due = [...storage.mirror.values()].filter(({ sk }) => String(sk).startsWith("DUE#"));
  return due.map(({ at }) => String(at)).sort()[0];
}
