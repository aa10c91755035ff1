import { type Outcome, runHistory } from "./history.ts";

/** Leaves out ever smaller runs of steps for as long as the rest still breaks. */
export async function shrink(broken: Outcome, budgetMs: number): Promise<Outcome> {
  const untilMs = performance.now() + budgetMs;
  let best = withoutTail(broken);
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < best.steps.length; ) {
      if (performance.now() > untilMs) return best;
      const steps = best.steps.filter((_, index) => index < from || index >= from + size);
      const outcome = await runHistory({ ...broken.shape, seed: broken.seed, steps });
      if (outcome.failure) best = withoutTail(outcome);
      else from += size;
    }
  }
  return best;
}

/** What came after the step that broke played no part, unless it broke at the very end. */
function withoutTail(outcome: Outcome): Outcome {
  const { brokenAt, steps } = outcome;
  if (brokenAt === undefined) return outcome;
  return { ...outcome, steps: steps.slice(0, steps.indexOf(brokenAt) + 1) };
}
