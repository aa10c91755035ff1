import type { Intent } from "../../domain/payments/intent.ts";
import { StripeProblem } from "../../domain/payments/stripe-problem.ts";
import type { Deps } from "../kit/deps.ts";

/**
 * Closes Stripe's page of an intent. False: it was paid or closed before, and its own webhook tells
 * the rest. Who pays in the very instant in between is not lost: that money is booked, unapplied.
 */
export async function closePage(
  deps: Pick<Deps, "stripe">,
  { id, account, session }: Intent,
): Promise<boolean> {
  if (!session) return true;
  const stripe = await deps.stripe();
  try {
    return await stripe.expireCheckout({ account, key: `${id}-expire` }, session.id);
  } catch (error) {
    if (!(error instanceof StripeProblem) || error.kind === "unavailable") throw error;
    return false;
  }
}
