import { parseArgs } from "node:util";
import { runHistory } from "./history.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    replay: { type: "string" },
    steps: { type: "string" },
  },
});
const only = values.replay;
const started = performance.now();
const untilMs = Number(values.minutes) * 60_000;
for (let count = 1; performance.now() - started < untilMs; count += 1) {
  const seed = only ?? `${values.seed}.${count}`;
  const steps = values.steps?.split(",").map(Number);
  const outcome = await runHistory({ seed, ...(steps ? { steps } : {}) });
  console.log(
    seed,
    outcome.steps.length,
    outcome.hash.slice(0, 12),
    outcome.failure?.message ?? "ok",
  );
  if (outcome.failure || only) {
    console.log(outcome.trace.slice(-40).join("\n"));
    console.log(outcome.failure?.stack);
    process.exit(outcome.failure ? 1 : 0);
  }
}
process.exit(0);
