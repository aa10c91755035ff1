import { epochMsOf } from "../shared/calendar.ts";
import {
  type GuardedWrite,
  loadItem,
  type Platform,
  platformKey,
  putVersioned,
} from "../shared/table.store.ts";
import { emptyLinkLimit, forgetLimitAt, type LinkLimit, linkLimitSchema } from "./link-limit.ts";

/** Keyed by a hash: addresses of strangers are nothing to keep. */
const keyOf = (hash: string) => platformKey("LINKS", hash);

export async function loadLinkLimit(platform: Platform, hash: string): Promise<LinkLimit> {
  const item = await loadItem(platform, keyOf(hash));
  return item ? linkLimitSchema.parse(item) : emptyLinkLimit;
}

export const saveLinkLimit = (
  platform: Pick<Platform, "table">,
  hash: string,
  limit: LinkLimit,
): GuardedWrite => {
  const ttl = Math.ceil(epochMsOf(forgetLimitAt(limit)) / 1_000);
  return putVersioned(platform, { ...keyOf(hash), ttl }, limit);
};
