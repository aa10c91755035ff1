import type { Agency } from "../../../domain/agencies/agency.ts";
import { isMissing, StripeProblem } from "../../../domain/payments/stripe-problem.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { Refused } from "../../kit/refused.ts";

/** The account that takes the agency's money; without one nobody can pay online. */
export function requireStripeAccount({ stripe }: Pick<Agency, "stripe">): string {
  if (!stripe) throw notConnected("Connect a Stripe account first.");
  if (!stripe.chargesEnabled) throw notConnected("The Stripe account isn't set up to charge yet.");
  return stripe.account;
}

const notConnected = (detail: string) => new Refused(refuse("stripe.not-connected", detail));

/** Tells the caller what Stripe's refusal means for them; what it should never refuse is a bug. */
export async function orRefusedByStripe<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof StripeProblem ? (refusedBy(error) ?? error) : error;
  }
}

const amountCodes = /^(amount_|payment\.amount|parameter_invalid_integer)/;

function refusedBy(problem: StripeProblem): Refused | undefined {
  if (problem.kind === "no-access") return notConnected(problem.message);
  if (problem.kind === "unavailable") {
    return new Refused(refuse("stripe.unavailable", "Try again with the same Idempotency-Key."));
  }
  if (isMissing(problem)) {
    return new Refused(refuse("stripe.unavailable", "Stripe has just forgotten it; try again."));
  }
  if (!amountCodes.test(problem.code)) return undefined;
  return new Refused(refuse("payment.amount-not-chargeable", problem.message));
}
