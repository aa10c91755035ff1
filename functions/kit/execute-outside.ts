import { refuse } from "../../domain/shared/refusals.ts";
import {
  type GuardedWrite,
  loadItem,
  type Tenant,
  tenantKey,
} from "../../domain/shared/table.store.ts";
import { asRefused, commit, WriteRejected } from "./commit.ts";
import {
  hashText,
  type IdempotencyScope,
  outcomeOf,
  rememberAnswer,
  replayOf,
} from "./idempotency.ts";
import { type Call, type Operation, type Outcome, operation } from "./operation.ts";
import { withOrigin } from "./origin.ts";
import { rawBodyOf } from "./parse.ts";
import { Refused } from "./refused.ts";
import type { Route } from "./route.ts";

/**
 * A command whose answer only the outside world can give (the address of Stripe's page). What is
 * meant is stored first, then the outside is asked under the id of that record, then its answer is
 * stored together with ours. A crash in between and the same request again go on with the same
 * record.
 */
export interface OutsideSteps<R extends Route, Answered> {
  /** Decides, and names the record that stands for the request from then on. */
  readonly plan: (call: Call<R>) => Promise<Planned>;
  /** Asks the outside world; must have one effect however often it is called for one record. */
  readonly ask: (call: Call<R>, subject: string) => Promise<Answered>;
  /** Reads the record afresh; its writes and the idempotency record are one transaction. */
  readonly finish: (call: Call<R>, subject: string, answered: Answered) => Promise<Outcome>;
}

export interface Planned {
  readonly subject: string;
  readonly writes: readonly GuardedWrite[];
}

const triesMax = 5;
const backoffMs = 25;

export const operationOutside = <R extends Route, Answered>(
  route: R,
  steps: OutsideSteps<R, Answered>,
): Operation =>
  operation(route, async (call) => {
    const scope = scopeOf(call);
    const replay = scope ? await replayOf(call.tenant, scope, call.now) : undefined;
    if (replay) return replay;
    const subject = await decided(call, () => plan(call, steps.plan, scope));
    const answered = await steps.ask(call, subject);
    return decided(call, () => finish(call, () => steps.finish(call, subject, answered), scope));
  });

/** As in area.ts: the answer that this request would replay. */
function scopeOf({ event, principal }: Call): IdempotencyScope | undefined {
  const key = event.headers["idempotency-key"];
  if (key === undefined) return undefined;
  const { method, path } = event.requestContext.http;
  const request = hashText([method, path, event.rawQueryString, rawBodyOf(event)].join("\n"));
  return { principal: principal.name, key, request };
}

async function plan<R extends Route>(
  call: Call<R>,
  decide: (call: Call<R>) => Promise<Planned>,
  scope: IdempotencyScope | undefined,
): Promise<string> {
  const begun = scope ? await loadBegun(call.tenant, scope, call.now) : undefined;
  if (begun) return begun;
  const { subject, writes } = await decide(call);
  const mark = scope ? [saveBegun(call.tenant, scope, { subject, now: call.now })] : [];
  await commit(call.tenant, [...withOrigin(writes, call.event), ...mark]);
  return subject;
}

async function finish(
  call: Call,
  decide: () => Promise<Outcome>,
  scope: IdempotencyScope | undefined,
): Promise<Outcome> {
  const { writes = [], ...outcome } = await decide();
  const answer = scope ? [rememberAnswer(call.tenant, scope, { outcome, now: call.now })] : [];
  try {
    await commit(call.tenant, [...withOrigin(writes, call.event), ...answer]);
    return outcome;
  } catch (error) {
    const isTold = error instanceof WriteRejected && error.code === "idempotency.in-progress";
    if (!isTold || !scope || !error.found) throw error;
    return outcomeOf(error.found, scope, call.now) ?? outcome;
  }
}

async function decided<T>(call: Call, step: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round += 1) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof WriteRejected)) throw error;
      if (error.code !== "write.conflict" || round === triesMax) throw asRefused(error);
    }
    const [spread = 0] = call.deps.random(1);
    await call.deps.wait((spread / 255) * backoffMs * 2 ** round);
  }
}

const keptAtLeastMs = 24 * 3_600_000;
const keptS = 48 * 3_600;

function begunKey(tenant: Pick<Tenant, "agency">, { principal, key }: IdempotencyScope) {
  const hash = hashText(key);
  return { pk: tenantKey(tenant, "IDEM", hash.slice(0, 2)), sk: `${principal}#${hash}#BEGUN` };
}

/** The record that an interrupted try of this request has begun. */
async function loadBegun(
  tenant: Tenant,
  scope: IdempotencyScope,
  now: string,
): Promise<string | undefined> {
  const item = await loadItem(tenant, begunKey(tenant, scope));
  if (!item || Date.parse(now) - Date.parse(String(item.at)) > keptAtLeastMs) return undefined;
  if (item.request === scope.request) return String(item.subject);
  throw new Refused(
    refuse("idempotency.key-reused", "This idempotency key belongs to another request."),
  );
}

function saveBegun(
  tenant: Tenant,
  scope: IdempotencyScope,
  { subject, now }: { readonly subject: string; readonly now: string },
): GuardedWrite {
  const nowMs = Date.parse(now);
  return {
    write: {
      Put: {
        TableName: tenant.table,
        Item: {
          ...begunKey(tenant, scope),
          ...{ request: scope.request, subject, at: now },
          ttl: Math.floor(nowMs / 1_000) + keptS,
        },
        ConditionExpression: "attribute_not_exists(pk) OR #at < :expired",
        ExpressionAttributeNames: { "#at": "at" },
        ExpressionAttributeValues: { ":expired": new Date(nowMs - keptAtLeastMs).toISOString() },
      },
    },
    ifRejected: "write.conflict",
  };
}
