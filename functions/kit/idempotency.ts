import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { refuse } from "../../domain/shared/refusals.ts";
import {
  type GuardedWrite,
  type Item,
  loadItem,
  type Tenant,
  tenantKey,
} from "../../domain/shared/table.store.ts";
import type { Outcome } from "./operation.ts";
import { Refused } from "./refused.ts";

/** Kept two days, so that the promised 24 hours hold whenever the table's own clean-up runs. */
const keptS = 48 * 3_600;
const keptAtLeastMs = 24 * 3_600_000;

export interface IdempotencyScope {
  readonly principal: string;
  readonly key: string;
  /** Hash of method, path and body: the same key with another one is a mistake of the caller. */
  readonly request: string;
}

export const hashText = (text: string): string => createHash("sha256").update(text).digest("hex");

/** An answer given under this key before: replayed word for word, and refused for another request. */
export async function replayOf(
  tenant: Tenant,
  scope: IdempotencyScope,
  now: string,
): Promise<Outcome | undefined> {
  const item = await loadItem(tenant, keyOf(tenant, scope));
  return item ? outcomeOf(item, scope, now) : undefined;
}

export function outcomeOf(item: Item, scope: IdempotencyScope, now: string): Outcome | undefined {
  if (Date.parse(now) - Date.parse(String(item.at)) > keptAtLeastMs) return undefined;
  if (item.request !== scope.request) {
    throw new Refused(
      refuse("idempotency.key-reused", "This idempotency key belongs to another request."),
    );
  }
  const text = item.body ? gunzipSync(item.body as Uint8Array).toString("utf8") : undefined;
  return {
    status: Number(item.status),
    headers: { "idempotency-replayed": "true" },
    ...(text === undefined ? {} : { body: JSON.parse(text) as unknown }),
  };
}

/** The answer, written with the change it answers. Compressed: most stay within one write unit. */
export function rememberAnswer(
  tenant: Tenant,
  scope: IdempotencyScope,
  answer: { readonly outcome: Outcome; readonly now: string },
): GuardedWrite {
  const { outcome, now } = answer;
  const shown = outcome.replayBody ?? outcome.body;
  const body = shown === undefined ? {} : { body: gzipSync(JSON.stringify(shown)) };
  const nowMs = Date.parse(now);
  return {
    write: {
      Put: {
        TableName: tenant.table,
        Item: {
          ...keyOf(tenant, scope),
          request: scope.request,
          status: outcome.status,
          at: now,
          ttl: Math.floor(nowMs / 1_000) + keptS,
          ...body,
        },
        ConditionExpression: "attribute_not_exists(pk) OR #at < :expired",
        ExpressionAttributeNames: { "#at": "at" },
        ExpressionAttributeValues: { ":expired": new Date(nowMs - keptAtLeastMs).toISOString() },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      },
    },
    ifRejected: "idempotency.in-progress",
  };
}

function keyOf(tenant: Tenant, scope: IdempotencyScope) {
  const hash = hashText(scope.key);
  return {
    pk: tenantKey(tenant, "IDEM", hash.slice(0, 2)),
    sk: `${scope.principal}#${hash}`,
  };
}
