import { type DueReference, dueShards, nextDueAt } from "../../domain/shared/due.store.ts";
import { build as buildFindDue } from "../../functions/jobs/find-due.ts";
import { performDue } from "../../functions/jobs/perform-due.ts";
import type { Deps } from "../../functions/kit/deps.ts";
import type { Shell } from "./shell.ts";

/** What the minute rule finds now. */
export async function foundNow(deps: Deps): Promise<DueReference[]> {
  const found: DueReference[] = [];
  const sendDue: Deps["sendDue"] = async (due) => void found.push(...due);
  await buildFindDue({ ...deps, sendDue })();
  return found;
}

/** One tick: finds and performs, one after the other. Tells how often something was done. */
export async function tick(deps: Deps): Promise<number> {
  let done = 0;
  for (const due of await foundNow(deps)) done += await performDue(deps, due);
  return done;
}

type Passing = Pick<Shell, "deps" | "clock" | "deliver">;

const roundsMax = 200;

/** Ticks and delivers until nothing more follows at this instant. */
export async function settleDue({ deps, deliver }: Passing): Promise<void> {
  for (let round = 0; round < roundsMax; round += 1) {
    await deliver();
    if ((await tick(deps)) === 0) return;
  }
  throw new Error(`due work at ${deps.now()} does not come to an end`);
}

/** Moves the clock through every due instant up to `target`, as a running system would. */
export async function passUntil(shell: Passing, target: string): Promise<void> {
  await settleDue(shell);
  while (shell.clock.now() < target) {
    const next = await nextDue(shell.deps, shell.clock.now());
    shell.clock.set(next !== undefined && next < target ? next : target);
    await settleDue(shell);
  }
}

async function nextDue({ platform }: Deps, after: string): Promise<string | undefined> {
  const all = await Promise.all(
    Array.from({ length: dueShards }, (_, shard) => nextDueAt(platform, shard, after)),
  );
  return all.filter((one) => one !== undefined).sort()[0];
}
