import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";
import { SummaryReporter } from "./test/support/summary-reporter.ts";

/** One project per tier: a test's tier is told by where its file lives. */
const tier = (name: string, testTimeout: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: 120_000,
    isolate: false,
  },
});

export default defineConfig({
  test: {
    reporters: ["default", new SummaryReporter()],
    // One more than there are cores: the tests wait for databases and pages as often as they compute.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      tier("unit", 20_000),
      tier("golden", 20_000),
      tier("integration", 60_000),
      tier("infra", 120_000),
      tier("simulation", 600_000),
      { test: { ...tier("browser", 90_000).test, globalSetup: "test/browser/setup.ts" } },
    ],
  },
});
