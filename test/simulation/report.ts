import type { Outcome } from "./history.ts";

const traceMax = 60;

/** What a person needs to see the failure again. */
export function reportOf({ seed, shape, steps, trace, failure }: Outcome): string {
  const how = [
    shape.isSmooth ? " --smooth 1" : "",
    shape.isFocused ? " --focused 1" : "",
    shape.often?.some(Boolean) ? ` --often ${shape.often.join()}` : "",
  ].join("");
  return [
    `${failure?.message}`,
    `Again: npm run simulate -- --replay ${seed}${how} --steps ${steps.join()}`,
    ...trace.filter((line) => !line.startsWith("  ")).slice(-traceMax),
    "The last of it:",
    ...trace.slice(-traceMax),
    failure?.stack ?? "",
  ].join("\n");
}
