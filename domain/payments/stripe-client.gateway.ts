import Stripe from "stripe";
import { type Currency, isCurrency } from "../shared/currencies.ts";
import { toStripeAmount } from "./stripe-amounts.ts";
import { StripeProblem, type StripeProblemKind } from "./stripe-problem.ts";

export interface StripeOptions {
  readonly secretKey: string;
  /** Another place than Stripe's own: the local stand-in. */
  readonly apiBase?: {
    readonly host: string;
    readonly port: number;
    readonly protocol: "http" | "https";
  };
}

/** Pinned: events and answers keep the form that this code was written for. */
export const apiVersion = "2026-10-28.endive";

/** A request of ours has 10 seconds; one call that hangs, and its second try, fit in it. */
const requestTimeout = { timeout: 4_000, maxNetworkRetries: 1 } as const;
/** A bank may take its time over a charge, and nobody waits for it. */
export const patient = { timeout: 25_000, maxNetworkRetries: 2 } as const;

export function stripeClient({ secretKey, apiBase }: StripeOptions): Stripe {
  return new Stripe(secretKey, {
    apiVersion,
    ...requestTimeout,
    telemetry: false,
    appInfo: { name: "Drawdown" },
    ...apiBase,
  });
}

/** Every call on a connected account names it, and its idempotency key where it writes. */
export interface Place {
  readonly account: string;
  readonly key?: string;
}

export const at = ({ account, key }: Place): Stripe.RequestOptions => ({
  stripeAccount: account,
  ...(key === undefined ? {} : { idempotencyKey: key }),
});

/** Stripe's errors end here: outside the gateways only `StripeProblem` is known. */
export async function asked<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const code = error.decline_code ?? error.code ?? error.type;
    throw new StripeProblem(kindOfError(error), code, error.message);
  }
}

/** The account can't charge (yet): its owner has to act, not the payer. */
const accountCodes = new Set(["account_invalid", "capability_not_active"]);

function kindOfError(error: InstanceType<typeof Stripe.errors.StripeError>): StripeProblemKind {
  const { errors } = Stripe;
  if (error instanceof errors.StripeCardError) return "declined";
  if (error instanceof errors.StripePermissionError) return "no-access";
  if (error instanceof errors.StripeInvalidRequestError) {
    return accountCodes.has(error.code ?? "") ? "no-access" : "refused";
  }
  // The key was used with other parameters; 409 only means that the first call still runs.
  const isReused = error instanceof errors.StripeIdempotencyError && error.statusCode !== 409;
  return isReused ? "refused" : "unavailable";
}

export function amountFor(amount: number, currency: Currency): number {
  const converted = toStripeAmount(amount, currency);
  if (converted.ok) return converted.amount;
  throw new StripeProblem("refused", converted.code, converted.detail);
}

export function currencyFrom(code: string): Currency {
  const currency = code.toUpperCase();
  if (!isCurrency(currency)) throw new RangeError(`Stripe told of the currency ${code}`);
  return currency;
}

export const instantOfSeconds = (seconds: number): string =>
  new Date(seconds * 1_000).toISOString();

export const idOfReference = (
  reference: string | { readonly id: string } | null | undefined,
): string | null => (typeof reference === "string" ? reference : (reference?.id ?? null));
