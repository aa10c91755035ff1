import { loadStripeEvent } from "../../domain/payments/stripe-event.store.ts";
import { consumer } from "../kit/consumer.ts";
import { handleStripeEvent } from "../webhooks/stripe/handle.ts";

/** Does what the webhook had no time for. An event that is handled again changes nothing. */
export const handleReceivedStripeEvent = consumer({
  name: "stripe-event-received-handle",
  on: ["stripe.event-received"],
  run: async (deps, { subject }) => {
    const event = await loadStripeEvent(deps.platform, subject);
    if (event) await handleStripeEvent(deps, event);
  },
});
