import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { type RefusalCode, refuse } from "../../domain/shared/refusals.ts";
import type { GuardedWrite, Item, Platform } from "../../domain/shared/table.store.ts";
import { Refused } from "./refused.ts";

/** A condition failed, or another transaction was in the way. Which write, and what stood there. */
export class WriteRejected extends Error {
  readonly code: RefusalCode;
  readonly index: number;
  /** The item as it stood, when the write asked for it with ALL_OLD. */
  readonly found: Item | undefined;

  constructor(code: RefusalCode, index: number, found: Item | undefined) {
    super(`write ${index} was rejected: ${code}`);
    this.code = code;
    this.index = index;
    this.found = found;
  }
}

const itemsMax = 100;

/** All writes or none. The first failed condition decides what is thrown. */
export async function commit(
  { db }: Pick<Platform, "db">,
  writes: readonly GuardedWrite[],
): Promise<void> {
  if (writes.length === 0) return;
  if (writes.length > itemsMax) throw new RangeError(`${writes.length} writes in one transaction`);
  try {
    await db.send(new TransactWriteCommand({ TransactItems: writes.map(({ write }) => write) }));
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    throw rejectionOf(error, writes) ?? error;
  }
}

function rejectionOf(
  error: TransactionCanceledException,
  writes: readonly GuardedWrite[],
): WriteRejected | undefined {
  const reasons = error.CancellationReasons ?? [];
  const failed = reasons.findIndex(({ Code }) => Code === "ConditionalCheckFailed");
  const guarded = writes[failed];
  if (guarded) return new WriteRejected(guarded.ifRejected, failed, itemOf(reasons[failed]?.Item));
  const conflicting = reasons.findIndex(({ Code }) => Code === "TransactionConflict");
  return conflicting < 0 ? undefined : new WriteRejected("write.conflict", conflicting, undefined);
}

/** The document client leaves the items inside an error as they came over the wire. */
function itemOf(found: unknown): Item | undefined {
  if (!found || typeof found !== "object") return undefined;
  return unmarshall(found as Parameters<typeof unmarshall>[0]);
}

export function asRefused(rejected: WriteRejected): Refused {
  return new Refused(refuse(rejected.code, "A condition on the write was not met."));
}
