import { epochMsOf } from "../shared/calendar.ts";
import {
  compact,
  type GuardedWrite,
  loadItem,
  type Platform,
  platformKey,
  putNew,
  removeItem,
} from "../shared/table.store.ts";
import { forgetAt, type Session, sessionSchema } from "./session.ts";

/** Stored under the hash of its token: who reads the table can't log in. */
const keyOf = (hash: string) => platformKey("SESSION", hash);

const itemOf = (hash: string, session: Session) => ({
  ...keyOf(hash),
  ...session,
  ttl: Math.ceil(epochMsOf(forgetAt(session)) / 1_000),
});

export async function loadSession(platform: Platform, hash: string): Promise<Session | undefined> {
  const item = await loadItem(platform, keyOf(hash));
  return item ? sessionSchema.parse(item) : undefined;
}

export const createSession = (
  platform: Pick<Platform, "table">,
  hash: string,
  session: Session,
): GuardedWrite => putNew(platform, itemOf(hash, session), "write.conflict");

/** On condition that it is as it was read: of two requests that rotate it, one does; a logged-out one stays out. */
export function changeSession(
  { table }: Pick<Platform, "table">,
  hash: string,
  { before, after }: { readonly before: Session; readonly after: Session },
): GuardedWrite {
  return {
    write: {
      Put: {
        TableName: table,
        Item: compact(itemOf(hash, after)) as ReturnType<typeof itemOf>,
        ConditionExpression: "lastSeenAt = :seen AND replaced = :replaced",
        ExpressionAttributeValues: { ":seen": before.lastSeenAt, ":replaced": before.replaced },
      },
    },
    ifRejected: "write.conflict",
  };
}

export const endSession = (platform: Pick<Platform, "table">, hash: string): GuardedWrite =>
  removeItem(platform, keyOf(hash));
