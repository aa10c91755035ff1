import { addDuration } from "../../domain/shared/calendar.ts";
import {
  type DueReference,
  finishDue,
  loadDue,
  moveDue,
  type StoredDue,
} from "../../domain/shared/due.store.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import { performers } from "../due/all.ts";
import { commitNumbered } from "../kit/background.ts";
import { systemDesk } from "../kit/clock-desk.ts";
import { commit, WriteRejected } from "../kit/commit.ts";
import type { Deps } from "../kit/deps.ts";
import type { DuePerformer } from "../kit/due.ts";

const clockActor = { system: "clock" } as const;
/** Occurrences that were missed are made up for at once, up to this many; the next tick goes on. */
const roundsMax = 40;

/**
 * Performs one due item if it still stands as it was found, and goes on while it is due again at
 * once. Tells how often it had an effect. An item that fails is put off and doesn't hold up others.
 */
export async function performDue(deps: Deps, reference: DueReference): Promise<number> {
  const tenant = await deps.tenant(reference.agency);
  let place = reference.place;
  for (let round = 0; round < roundsMax; round += 1) {
    const due = await loadDue(tenant, reference);
    if (due?.place !== place || due.dueAt > deps.now()) return round;
    try {
      await performOnce(deps, tenant, due);
    } catch (error) {
      await putOff(deps, tenant, { due, error });
      return round;
    }
    const next = await loadDue(tenant, reference);
    if (!next) return round + 1;
    place = next.place;
  }
  return roundsMax;
}

/**
 * Claim and effect are one transaction: whoever loses finds the item moved or gone, and has nothing
 * to do any more.
 */
const performOnce = (deps: Deps, tenant: Tenant, reference: StoredDue): Promise<void> =>
  commitNumbered(deps, tenant, async (numbers) => {
    const due = await loadDue(tenant, reference);
    if (due?.place !== reference.place) return [];
    const desk = systemDesk(deps, tenant, { actor: clockActor, numbers });
    const { writes, next } = await performerOf(due).run({ ...desk, due });
    return [next ? moveDue(tenant, due, next) : finishDue(tenant, due), ...writes];
  });

/** Somebody else performed or replaced it meanwhile. */
async function isGone(tenant: Tenant, due: StoredDue): Promise<boolean> {
  return (await loadDue(tenant, due))?.place !== due.place;
}

const delays = ["PT1M", "PT5M", "PT30M", "PT2H", "PT6H"];

/**
 * Later, with more patience each time. Where not even that can be written the error goes on, and the
 * queue brings the message again.
 */
async function putOff(
  deps: Deps,
  tenant: Tenant,
  { due, error }: { readonly due: StoredDue; readonly error: unknown },
): Promise<void> {
  if (error instanceof WriteRejected && (await isGone(tenant, due))) return;
  const failures = due.failures + 1;
  const dueAt = addDuration(deps.now(), delays[Math.min(failures, delays.length) - 1] ?? "PT6H");
  const { agency, kind, id, what } = due;
  deps.log.error("due work failed", {
    ...{ agency, kind, id, what, failures, until: dueAt },
    error: String(error),
    stack: error instanceof Error ? error.stack : undefined,
  });
  try {
    await commit(tenant, [moveDue(tenant, due, { dueAt, failures })]);
  } catch (reason) {
    if (!(reason instanceof WriteRejected)) throw error;
  }
}

export function performerOf(
  { kind, what }: Pick<StoredDue, "kind" | "what">,
  all: readonly DuePerformer[] = performers,
): DuePerformer {
  const found = all.find((one) => one.kind === kind && isMeant(one.what, what));
  if (!found) throw new Error(`nothing performs ${what} of ${kind}`);
  return found;
}

const isMeant = (known: string, what: string): boolean =>
  known.endsWith("-") ? what.startsWith(known) : what === known;
