import { epochMsOf } from "../shared/calendar.ts";
import {
  type GuardedWrite,
  loadItem,
  type Platform,
  platformKey,
  putNew,
} from "../shared/table.store.ts";
import { type PortalToken, portalTokenSchema } from "./token.ts";

const keyOf = (hash: string) => platformKey("TOKEN", hash);

export const saveToken = (
  platform: Pick<Platform, "table">,
  hash: string,
  token: PortalToken,
): GuardedWrite =>
  putNew(
    platform,
    { ...keyOf(hash), ...token, ttl: Math.ceil(epochMsOf(token.expiresAt) / 1_000) },
    "write.conflict",
  );

/** Tokens of other doors (the agency's own web app) lie in the same drawer: they open nothing here. */
export async function loadToken(
  platform: Platform,
  hash: string,
): Promise<PortalToken | undefined> {
  const parsed = portalTokenSchema.safeParse(await loadItem(platform, keyOf(hash)));
  return parsed.success ? parsed.data : undefined;
}

/** Of two that exchange the same token, one comes in. */
export const spendToken = ({ table }: Pick<Platform, "table">, hash: string): GuardedWrite => ({
  write: {
    Delete: {
      TableName: table,
      Key: keyOf(hash),
      ConditionExpression: "attribute_exists(pk)",
    },
  },
  ifRejected: "auth.missing",
});
