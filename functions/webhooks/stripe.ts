import { hasStripeEvent, saveStripeEvent } from "../../domain/payments/stripe-event.store.ts";
import { stripeEventSchema } from "../../domain/payments/stripe-objects.ts";
import { verifiedEvent } from "../../domain/payments/stripe-webhook.gateway.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import { operation } from "../kit/operation.ts";
import { rawBodyOf } from "../kit/parse.ts";
import { Refused } from "../kit/refused.ts";
import { stripeWebhookRoutes } from "./stripe-routes.ts";

const received = { status: 200, body: { received: true } } as const;

/** Stores what Stripe signed and answers at once; the stored event causes all the rest. */
export const receiveStripeEvent = operation(
  stripeWebhookRoutes.receiveStripeEvent,
  async ({ deps, event: delivery, now }) => {
    const signature = delivery.headers["stripe-signature"] ?? "";
    const secret = await deps.webhookSecret();
    const verified = verifiedEvent({ body: rawBodyOf(delivery), signature }, { secret, now });
    const parsed = stripeEventSchema.safeParse(verified);
    if (!parsed.success) {
      throw new Refused(refuse("request.invalid", "The signature is missing, wrong or too old."));
    }
    const event = parsed.data;
    if (deps.config.isProduction && !event.livemode) return received;
    if (await hasStripeEvent(deps.platform, event.id)) return received;
    return { ...received, writes: [saveStripeEvent(deps.platform, event, now)] };
  },
);
