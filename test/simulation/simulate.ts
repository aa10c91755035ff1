import { parseArgs } from "node:util";
import { type Outcome, runHistory, stepsOf } from "./history.ts";
import { reportOf } from "./report.ts";
import { shrink } from "./shrink.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    replay: { type: "string" },
    steps: { type: "string" },
    /** So many of the first histories run without faults: they are quicker. */
    smooth: { type: "string", default: "0" },
    /** And so many of them without mails, counters and search. */
    focused: { type: "string", default: "0" },
    /** Names of operations that come ten times as often. */
    often: { type: "string", default: "" },
    /** At most so many steps each. */
    length: { type: "string" },
    trace: { type: "boolean", default: false },
    shrink: { type: "string", default: "120" },
  },
});

/** Histories until the time is over or one breaks a promise; or one history again. */
async function simulate(): Promise<number> {
  const { replay, seed } = values;
  const untilMs = performance.now() + Number(values.minutes) * 60_000;
  const chosen = values.steps?.split(",").map(Number);
  for (let count = 1; performance.now() < untilMs; count += 1) {
    const own = replay ?? `${seed}.${count}`;
    const steps = chosen ?? stepsOf(own).slice(0, Number(values.length ?? 200));
    const isSmooth = count <= Number(values.smooth);
    const isFocused = count <= Number(values.focused);
    const often = values.often.split(",");
    const outcome = await runHistory({ seed: own, steps, isSmooth, isFocused, often });
    console.log(`${own}: ${outcome.steps.length} steps, ${outcome.hash.slice(0, 16)}`);
    if (values.trace) console.log(outcome.trace.join("\n"));
    if (outcome.failure) return await explain(outcome);
    if (replay) return 0;
  }
  return 0;
}

async function explain(outcome: Outcome): Promise<number> {
  console.log(`Broken:\n${outcome.failure?.message}`);
  const budgetMs = Number(values.shrink) * 1_000;
  if (budgetMs > 0) console.log("Looking for a shorter history ...");
  console.log(reportOf(budgetMs > 0 ? await shrink(outcome, budgetMs) : outcome));
  return 1;
}

process.exit(await simulate());
