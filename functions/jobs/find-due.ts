import { type DueReference, dueShards, listDue } from "../../domain/shared/due.store.ts";
import type { Deps } from "../kit/deps.ts";

/** What one tick takes on; the rest is still due a minute later. */
const perShardMax = 1_000;

/**
 * Hands over what is due by now. It claims nothing: an item that is handed over twice is done once,
 * because whoever performs it claims it. The cost follows what is due, not what is planned.
 */
export const build =
  (deps: Pick<Deps, "platform" | "now" | "sendDue" | "log">) => async (): Promise<number> => {
    const now = deps.now();
    const shards = await Promise.all(
      Array.from({ length: dueShards }, (_, shard) =>
        listDue(deps.platform, shard, { now, max: perShardMax }),
      ),
    );
    const found = inTurn(shards.flat());
    if (found.length > 0) await deps.sendDue(found);
    const oldest = found.reduce((least, { dueAt }) => (dueAt < least ? dueAt : least), now);
    const lagS = Math.round((Date.parse(now) - Date.parse(oldest)) / 1_000);
    deps.log.info("due work found", { found: found.length, lagS });
    return found.length;
  };

/** One of each agency, then the next of each: a large agency doesn't hold up a small one. */
export function inTurn(due: readonly DueReference[]): DueReference[] {
  const byAgency = new Map<string, DueReference[]>();
  for (const one of due) {
    const line = byAgency.get(one.agency) ?? [];
    line.push(one);
    byAgency.set(one.agency, line);
  }
  const lines = [...byAgency.values()].map((line) =>
    line.sort((a, b) => a.place.localeCompare(b.place)),
  );
  const rounds = Math.max(0, ...lines.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) =>
    lines.flatMap((line) => line[round] ?? []),
  ).flat();
}
