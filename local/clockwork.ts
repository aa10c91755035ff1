import { type DueReference, dueShards, nextDueAt } from "../domain/shared/due.store.ts";
import { build as buildFindDue } from "../functions/jobs/find-due.ts";
import { performDue } from "../functions/jobs/perform-due.ts";
import type { Deps } from "../functions/kit/deps.ts";
import type { DueSource } from "./timeline.ts";

const minuteMs = 60_000;
const linesMax = 4;

/** The minute rule, its queue and its consumers: each agency's items in a line, several lines at once. */
export function createClockwork(deps: Deps): DueSource {
  return {
    name: "clockwork",
    everyMs: minuteMs,
    next: (after) => firstDueAfter(deps.platform, after),
    run: async () => {
      const found: DueReference[] = [];
      const sendDue: Deps["sendDue"] = async (due) => void found.push(...due);
      await buildFindDue({ ...deps, sendDue })();
      return performAll(deps, found);
    },
  };
}

/** Of all shards. */
export async function firstDueAfter(
  platform: Deps["platform"],
  after: string,
): Promise<string | undefined> {
  const all = await Promise.all(
    Array.from({ length: dueShards }, (_, shard) => nextDueAt(platform, shard, after)),
  );
  const [first] = all.filter((one) => one !== undefined).sort();
  return first;
}

async function performAll(deps: Deps, found: readonly DueReference[]): Promise<number> {
  const lines = [...Map.groupBy(found, ({ agency }) => agency).values()];
  let ran = 0;
  const work = async (): Promise<void> => {
    for (let line = lines.shift(); line; line = lines.shift()) {
      for (const due of line) ran += await performDue(deps, due);
    }
  };
  await Promise.all(Array.from({ length: linesMax }, work));
  return ran;
}
