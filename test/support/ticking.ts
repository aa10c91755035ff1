import type { DueReference } from "../../domain/shared/due.store.ts";
import { build as buildFindDue } from "../../functions/jobs/find-due.ts";
import { performDue } from "../../functions/jobs/perform-due.ts";
import type { Deps } from "../../functions/kit/deps.ts";
import { firstDueAfter } from "../../local/clockwork.ts";
import { permitted } from "./permitted.ts";
import type { Shell } from "./shell.ts";

/** What the minute rule finds now. */
export async function foundNow(deps: Deps): Promise<DueReference[]> {
  const found: DueReference[] = [];
  const sendDue: Deps["sendDue"] = async (due) => void found.push(...due);
  await buildFindDue({ ...permitted(deps, "find-due"), sendDue })();
  return found;
}

/** One tick: finds and performs, one after the other. Tells how often something was done. */
export async function tick(deps: Deps): Promise<number> {
  let done = 0;
  const allowed = permitted(deps, "perform-due");
  for (const due of await foundNow(deps)) done += await performDue(allowed, due);
  return done;
}

type Passing = Pick<Shell, "deps" | "clock" | "deliver">;

const roundsMax = 200;
const beginning = "0000-01-01T00:00:00.000Z";

/** Ticks and delivers until nothing more follows at this instant. */
export async function settleDue(shell: Passing): Promise<void> {
  await settled(shell);
}

/** Tells the next instant at which something is due, too: the look that found nothing left saw it. */
async function settled({ deps, deliver }: Passing): Promise<string | undefined> {
  for (let round = 0; round < roundsMax; round += 1) {
    await deliver();
    const done = await tick(deps);
    await deliver();
    // What is due and yet does nothing would hold up the clock for ever.
    const next = await firstDueAfter(deps.platform, done === 0 ? deps.now() : beginning);
    if (next === undefined || next > deps.now()) return next;
  }
  throw new Error(`due work at ${deps.now()} does not come to an end`);
}

/** Moves the clock through every due instant up to `target`, as a running system would. */
export async function passUntil(shell: Passing, target: string): Promise<void> {
  let next = await settled(shell);
  while (shell.clock.now() < target) {
    shell.clock.set(next !== undefined && next < target ? next : target);
    next = await settled(shell);
  }
}
