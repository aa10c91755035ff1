import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with one line that any tool can read: "12 passed, 0 failed". */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === "passed").length;
    const skipped = tests.filter((test) => test.result().state === "skipped").length;
    const broken = modules.filter((module) => module.state() === "failed").length;
    const failedTests = tests.filter((test) => test.result().state === "failed").length;
    // A file that can't even be loaded has no failed test of its own.
    const failed = Math.max(failedTests, broken) + errors.length;
    const rest = skipped > 0 ? `, ${skipped} skipped` : "";
    process.stdout.write(`${passed} passed, ${failed} failed${rest}\n`);
  }
}
