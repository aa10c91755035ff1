import type { GuardedWrite, Tenant } from "../../domain/shared/table.store.ts";
import { commit, WriteRejected } from "./commit.ts";
import type { Deps } from "./deps.ts";

const triesMax = 5;
const backoffMs = 20;

/**
 * Load, decide, write for a consumer: a condition that failed or another transaction in the way makes it
 * decide anew. After the last try it throws, and the message comes again. No writes: nothing to do.
 */
export async function commitDecided(
  deps: Pick<Deps, "random" | "wait">,
  tenant: Tenant,
  decide: () => Promise<readonly GuardedWrite[]>,
): Promise<void> {
  for (let round = 1; ; round += 1) {
    const writes = await decide();
    if (writes.length === 0) return;
    try {
      await commit(tenant, writes);
      return;
    } catch (error) {
      if (!(error instanceof WriteRejected) || round === triesMax) throw error;
    }
    const [spread = 0] = deps.random(1);
    await deps.wait((spread / 255) * backoffMs * 2 ** round);
  }
}
