import { expect, test } from "vitest";
import { runHistory } from "./history.ts";
import { reportOf } from "./report.ts";
import { shrink } from "./shrink.ts";

const budgetMs = 60_000;
const shrinkMs = 60_000;

test("random histories keep every promise about the money", async () => {
  const startedMs = performance.now();
  const isOver = () => performance.now() - startedMs > budgetMs;
  let steps = 0;
  for (let count = 1; !isOver(); count += 1) {
    const outcome = await runHistory({ seed: `push.${count}`, isOver });
    steps += outcome.steps.length;
    if (outcome.failure) expect.fail(reportOf(await shrink(outcome, shrinkMs)));
  }
  expect(steps).toBeGreaterThan(0);
});
