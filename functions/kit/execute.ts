import { BooksMoved } from "../../domain/shared/journal.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import { asRefused, commit, WriteRejected } from "./commit.ts";
import { type IdempotencyScope, outcomeOf, rememberAnswer, replayOf } from "./idempotency.ts";
import { learnNumber } from "./number.ts";
import type { Call, Operation, Outcome } from "./operation.ts";
import { withOrigin } from "./origin.ts";
import { Refused } from "./refused.ts";

const triesMax = 5;
const backoffMs = 25;
/** Each lost race makes the wait four times as long: many at once soon spread over more than a second. */
const raceGrowth = 2;
const raceGrowthMax = 6;

/**
 * Load, decide, write in one transaction; on a conflict all of it again, with full jitter. The answer is
 * stored in the same transaction, so a repeated request can't act twice.
 */
export async function execute(
  operation: Operation,
  newCall: () => Call,
  scope: IdempotencyScope | undefined,
): Promise<Outcome> {
  const first = newCall();
  const asked = { operation, scope };
  const replay = await replayOrDecide(asked, first);
  if (replay.replayed) return replay.replayed;
  const startedMs = performance.now();
  const { raceMaxMs = Number.POSITIVE_INFINITY } = first.deps;
  let conflicts = 0;
  let races = 0;
  let decided: Promise<Outcome> = replay.decided;
  let call = first;
  while (true) {
    const rejected = await attempt(decided, call, scope);
    if (!(rejected instanceof WriteRejected)) return rejected;
    if (rejected.code === "invoice.number-race") {
      // No conflict: every round one wins.
      races += 1;
      if (performance.now() - startedMs > raceMaxMs) throw conflict();
    } else {
      conflicts += 1;
      if (conflicts >= triesMax) throw conflict();
    }
    await call.deps.wait(jitterMs(call, conflicts + Math.min(races * raceGrowth, raceGrowthMax)));
    call = { ...newCall(), numbers: first.numbers };
    decided = operation.run(call);
  }
}

interface Asked {
  readonly operation: Operation;
  readonly scope: IdempotencyScope | undefined;
}

/**
 * Looks for an earlier answer while the first try already loads and decides: deciding has no effect, and
 * most keys are new. What the try found, also a refusal, is forgotten when there was an answer.
 */
async function replayOrDecide(
  { operation, scope }: Asked,
  call: Call,
): Promise<{ readonly replayed: Outcome | undefined; readonly decided: Promise<Outcome> }> {
  const decided = operation.run(call);
  if (!scope) return { replayed: undefined, decided };
  const [replayed] = await Promise.all([
    replayOf(call.tenant, scope, call.now),
    decided.catch(() => undefined),
  ]);
  return { replayed, decided };
}

async function attempt(
  decided: Promise<Outcome>,
  call: Call,
  scope: IdempotencyScope | undefined,
): Promise<Outcome | WriteRejected> {
  const outcome = await decided.catch((error: unknown) => {
    if (error instanceof BooksMoved) return new WriteRejected("write.conflict", 0, undefined);
    throw error;
  });
  if (outcome instanceof WriteRejected) return outcome;
  const writes = withOrigin(outcome.writes ?? [], call.event);
  if (writes.length === 0) return outcome;
  const answer = scope ? [rememberAnswer(call.tenant, scope, { outcome, now: call.now })] : [];
  try {
    await commit(writes.some(isPlatform) ? call.deps.platform : call.tenant, [
      ...writes,
      ...answer,
    ]);
    return outcome;
  } catch (error) {
    if (!(error instanceof WriteRejected)) throw error;
    return afterRejection(error, call, scope);
  }
}

/** Decides what a failed condition means: a replay, another try, or the refusal it names. */
function afterRejection(
  error: WriteRejected,
  call: Call,
  scope: IdempotencyScope | undefined,
): Outcome | WriteRejected {
  if (error.code === "idempotency.in-progress" && scope && error.found) {
    const replay = outcomeOf(error.found, scope, call.now);
    if (replay) return replay;
  }
  if (error.code === "invoice.number-race") {
    learnNumber(call.numbers, error);
    return error;
  }
  if (error.code === "write.conflict") return error;
  throw asRefused(error);
}

const isPlatform = ({ write }: NonNullable<Outcome["writes"]>[number]): boolean => {
  const pk = write.Put?.Item?.pk ?? write.Delete?.Key?.pk ?? write.Update?.Key?.pk;
  return String(pk).startsWith("X#");
};

function jitterMs(call: Call, round: number): number {
  const [high = 0, low = 0] = call.deps.random(2);
  return ((high * 256 + low) / 65_536) * backoffMs * 2 ** round;
}

const conflict = () =>
  new Refused(refuse("write.conflict", "Others keep changing the same record; try again."));
