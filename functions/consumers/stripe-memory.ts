/**
 * Stripe forgets an idempotency key after a day. A message that waited longer (its queue was stuck)
 * must look first whether it was done, with hours to spare.
 */
const rememberedMs = 20 * 3_600_000;

export const mayBeForgotten = (askedAt: string, now: string): boolean =>
  Date.parse(now) - Date.parse(askedAt) > rememberedMs;
