import type { Outcome } from "./history.ts";

const traceMax = 60;

/** What a person needs to see the failure again. */
export function reportOf({ seed, steps, trace, failure }: Outcome): string {
  return [
    `${failure?.message}`,
    `Again: npm run simulate -- --replay ${seed} --steps ${steps.join()}`,
    ...trace.filter((line) => !line.startsWith("  ")).slice(-traceMax),
    "The last of it:",
    ...trace.slice(-traceMax),
    failure?.stack ?? "",
  ].join("\n");
}
