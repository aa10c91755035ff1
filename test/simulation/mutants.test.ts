import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { expect, test } from "vitest";

const patches = globSync("test/simulation/mutants/*.patch").sort();

test("there are at least twenty planted bugs", () => {
  expect(patches.length).toBeGreaterThanOrEqual(20);
});

test.each(patches)("%s still applies, so `npm run mutants` can plant it", (patch) => {
  const { status, stderr } = spawnSync("git", ["apply", "--check", "-C1", patch], {
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
});
