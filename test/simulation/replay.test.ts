import { globSync, readFileSync } from "node:fs";
import { parse } from "node:path";
import { expect, test } from "vitest";
import { runHistory } from "./history.ts";

test("one seed is one history, byte for byte", async () => {
  const steps = Array.from({ length: 16 }, (_, index) => index);
  const first = await runHistory({ seed: "replay.1", steps });
  const second = await runHistory({ seed: "replay.1", steps });
  expect(first.failure).toBeUndefined();
  expect(second.trace).toEqual(first.trace);
  expect(second.hash).toBe(first.hash);
  const shorter = await runHistory({ seed: "replay.1", steps: steps.slice(0, 12) });
  expect(shorter.hash).not.toBe(first.hash);
});

const models = globSync("test/simulation/model/*.ts").map((path) => `model/${parse(path).name}`);

test.each([
  ...models.sort(),
  "checks/journal",
  "checks/aheads",
  "checks/customers",
  "checks/heads",
  "checks/schedules",
])("%s knows nothing of the core that it judges", (name) => {
  const source = readFileSync(new URL(`./${name}.ts`, import.meta.url), "utf8");
  const imported = [...source.matchAll(/from "([^"]+)"/g)].map(([, path]) => path);
  expect(imported.filter((path) => /(domain|functions)\//.test(path ?? ""))).toEqual([]);
});
