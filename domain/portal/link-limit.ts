import * as z from "zod";
import { addDuration, epochMsOf } from "../shared/calendar.ts";
import { instantSchema, list } from "../shared/schema.ts";

export const linksMax = 5;
const windowLength = "PT10M";

/** The links that were asked for one address lately, known or not. */
export const linkLimitSchema = z.object({
  askedAt: list(instantSchema),
  version: z.number().int().nonnegative(),
});
export type LinkLimit = z.infer<typeof linkLimitSchema>;
export const emptyLinkLimit: LinkLimit = { askedAt: [], version: 0 };

export type LinkAsked =
  | { readonly ok: true; readonly next: LinkLimit }
  | { readonly ok: false; readonly retryAfterS: number };

export function askForLink(limit: LinkLimit, now: string): LinkAsked {
  const recent = limit.askedAt.filter((at) => now < addDuration(at, windowLength));
  const [oldest] = recent;
  if (recent.length >= linksMax && oldest) {
    const waitMs = epochMsOf(addDuration(oldest, windowLength)) - epochMsOf(now);
    return { ok: false, retryAfterS: Math.max(1, Math.ceil(waitMs / 1_000)) };
  }
  return { ok: true, next: { askedAt: [...recent, now], version: limit.version + 1 } };
}

export const forgetLimitAt = ({ askedAt }: LinkLimit): string =>
  addDuration(askedAt.at(-1) ?? "1970-01-01T00:00:00.000Z", windowLength);
