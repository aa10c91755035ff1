import Stripe from "stripe";

/** A delivery that was recorded and is sent again later is refused. */
const toleranceS = 300;

/**
 * The event of a delivery that Stripe signed, judged by our clock; undefined for any other. It
 * needs the endpoint's secret only, not the key that moves money.
 */
export function verifiedEvent(
  delivery: { readonly body: string; readonly signature: string },
  { secret, now }: { readonly secret: string; readonly now: string },
): Record<string, unknown> | undefined {
  try {
    const { body, signature } = delivery;
    const receivedAtMs = Date.parse(now);
    const event = Stripe.webhooks.constructEvent(
      body,
      signature,
      secret,
      toleranceS,
      undefined,
      receivedAtMs,
    );
    return event as unknown as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
