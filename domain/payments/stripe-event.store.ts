import {
  type GuardedWrite,
  keyText,
  loadItem,
  loadItems,
  type Platform,
  platformKey,
  putNew,
} from "../shared/table.store.ts";
import { type StripeEvent, stripeEventSchema } from "./stripe-objects.ts";
import { withoutPersons } from "./stripe-persons.ts";

/** Stripe lists and repeats events for 30 days; after that nobody asks for them. */
const keptS = 31 * 24 * 3_600;

/** Stored under its own id, so that it is published once however often it is delivered. */
export function saveStripeEvent(
  platform: Pick<Platform, "table">,
  event: StripeEvent,
  receivedAt: string,
): GuardedWrite {
  const { id, type, account, created, livemode } = event;
  return putNew(
    platform,
    {
      ...platformKey("STRIPE-EVENT", id),
      ...{ id, type, account, created, livemode, receivedAt },
      payload: JSON.stringify(withoutPersons(event)),
      ttl: Math.floor(Date.parse(receivedAt) / 1_000) + keptS,
    },
    "write.conflict",
  );
}

export async function hasStripeEvent(platform: Platform, id: string): Promise<boolean> {
  return (await loadItem(platform, platformKey("STRIPE-EVENT", id))) !== undefined;
}

/** Which of these were never stored. */
export async function missingStripeEvents(
  platform: Platform,
  ids: readonly string[],
): Promise<string[]> {
  const found = await loadItems(
    platform,
    ids.map((id) => platformKey("STRIPE-EVENT", id)),
  );
  return ids.filter((id) => !found.has(keyText(platformKey("STRIPE-EVENT", id))));
}

export async function loadStripeEvent(
  platform: Platform,
  id: string,
): Promise<StripeEvent | undefined> {
  const item = await loadItem(platform, platformKey("STRIPE-EVENT", id));
  return item ? stripeEventSchema.parse(JSON.parse(String(item.payload))) : undefined;
}
