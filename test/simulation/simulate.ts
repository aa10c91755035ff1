import { parseArgs } from "node:util";
import { runHistory } from "./history.ts";
import { reportOf } from "./report.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    replay: { type: "string" },
    steps: { type: "string" },
  },
});

/** Histories until the time is over or one breaks a promise; or one history again. */
async function simulate(): Promise<number> {
  const { replay, seed } = values;
  const untilMs = performance.now() + Number(values.minutes) * 60_000;
  const steps = values.steps?.split(",").map(Number);
  for (let count = 1; performance.now() < untilMs; count += 1) {
    const outcome = await runHistory({
      seed: replay ?? `${seed}.${count}`,
      ...(steps ? { steps } : {}),
    });
    const { failure, hash } = outcome;
    console.log(`${outcome.seed}: ${outcome.steps.length} steps, ${hash.slice(0, 16)}`);
    if (failure) {
      console.log(reportOf(outcome));
      return 1;
    }
    if (replay) return 0;
  }
  return 0;
}

process.exit(await simulate());
