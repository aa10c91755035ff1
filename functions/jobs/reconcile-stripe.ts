import { listStripeAccounts } from "../../domain/payments/stripe-account.store.ts";
import { missingStripeEvents, saveStripeEvent } from "../../domain/payments/stripe-event.store.ts";
import { stripeEventSchema } from "../../domain/payments/stripe-objects.ts";
import { addDuration } from "../../domain/shared/calendar.ts";
import { commit, WriteRejected } from "../kit/commit.ts";
import type { Deps } from "../kit/deps.ts";

/** Stripe itself gives up on a webhook after three days. */
const lookBack = "-P4D";

/**
 * Asks Stripe for the events of the last days and stores those that no webhook brought. Storing one causes
 * what its webhook would have caused, and handlers look at how the object stands now.
 */
export const build = (deps: Deps) => async (): Promise<{ readonly repaired: number }> => {
  const stripe = await deps.stripe();
  const since = addDuration(deps.now(), lookBack);
  let repaired = 0;
  for (const account of await listStripeAccounts(deps.platform)) {
    const events = await stripe.listEvents(account, since);
    const missing = new Set(
      await missingStripeEvents(
        deps.platform,
        events.map(({ id }) => id),
      ),
    );
    for (const { id, payload } of events) {
      if (missing.has(id) && (await store(deps, payload))) repaired += 1;
    }
  }
  return { repaired };
};

/** False when the webhook came in the meantime after all. */
async function store(deps: Deps, payload: string): Promise<boolean> {
  const event = stripeEventSchema.parse(JSON.parse(payload));
  if (deps.config.isProduction && !event.livemode) return false;
  try {
    await commit(deps.platform, [saveStripeEvent(deps.platform, event, deps.now())]);
    return true;
  } catch (error) {
    if (error instanceof WriteRejected) return false;
    throw error;
  }
}
