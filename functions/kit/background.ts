import type { GuardedWrite, Tenant } from "../../domain/shared/table.store.ts";
import { commit, WriteRejected } from "./commit.ts";
import type { Deps } from "./deps.ts";
import { learnNumber } from "./number.ts";
import type { NumberRace } from "./operation.ts";

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

const numberRacesMax = 60;

/**
 * The same for whoever issues documents: a number that went to another is no conflict, because every
 * round somebody wins. `decide` gets what the tries have learned of the number series.
 */
export async function commitNumbered(
  deps: Pick<Deps, "random" | "wait">,
  tenant: Tenant,
  decide: (numbers: NumberRace) => Promise<readonly GuardedWrite[]>,
): Promise<void> {
  const numbers: NumberRace = { taken: undefined, reserved: undefined };
  const tries = { conflicts: 0, races: 0 };
  while (true) {
    const writes = await decide(numbers);
    if (writes.length === 0) return;
    try {
      await commit(tenant, writes);
      return;
    } catch (error) {
      if (!(error instanceof WriteRejected)) throw error;
      countTry(tries, numbers, error);
    }
    const [spread = 0] = deps.random(1);
    await deps.wait((spread / 255) * backoffMs * 2 ** Math.min(triesMax, tries.conflicts + 1));
  }
}

function countTry(
  tries: { conflicts: number; races: number },
  numbers: NumberRace,
  error: WriteRejected,
): void {
  if (error.code === "invoice.number-race") {
    learnNumber(numbers, error);
    tries.races += 1;
  } else {
    tries.conflicts += 1;
  }
  if (tries.conflicts >= triesMax || tries.races >= numberRacesMax) throw error;
}
