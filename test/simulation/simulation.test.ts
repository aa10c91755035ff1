import { expect, test } from "vitest";
import { runHistory } from "./history.ts";
import { reportOf } from "./report.ts";

const budgetMs = 60_000;

test("random histories keep every promise about the money", async () => {
  const startedMs = performance.now();
  let count = 0;
  while (performance.now() - startedMs < budgetMs) {
    count += 1;
    const outcome = await runHistory({ seed: `push.${count}` });
    expect(outcome.failure && reportOf(outcome)).toBeUndefined();
  }
  expect(count).toBeGreaterThan(0);
});
