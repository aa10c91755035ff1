import type Stripe from "stripe";
import type { Currency } from "../shared/currencies.ts";
import type { MethodFacts } from "./method-words.ts";
import { fromStripeAmount } from "./stripe-amounts.ts";
import {
  amountFor,
  asked,
  at,
  currencyFrom,
  idOfReference,
  instantOfSeconds,
  type Place,
  patient,
} from "./stripe-client.gateway.ts";

export type Metadata = Readonly<Record<string, string>>;

export interface CheckoutLine {
  readonly name: string;
  readonly amount: number;
}

export interface CheckoutStart {
  readonly lines: readonly CheckoutLine[];
  readonly currency: Currency;
  readonly customer: string | null;
  readonly email: string | null;
  /** Keep the method for later charges. */
  readonly save: boolean;
  readonly reference: string;
  readonly metadata: Metadata;
  readonly successUrl: string;
  readonly cancelUrl: string;
}

export interface CheckoutPage {
  readonly id: string;
  readonly url: string;
  readonly expiresAt: string;
}

export interface ChargeStart {
  readonly amount: number;
  readonly currency: Currency;
  readonly customer: string;
  readonly method: string;
  readonly description: string;
  readonly metadata: Metadata;
}

/** A payment as it stands at Stripe now; amounts in our minor units. */
export interface StripePayment {
  readonly id: string;
  readonly status: Stripe.PaymentIntent.Status;
  readonly received: number;
  readonly currency: Currency;
  readonly metadata: Metadata;
  readonly charge: string | null;
  readonly method: MethodFacts;
  /** Why the last attempt failed, in Stripe's code. */
  readonly failure: string | null;
}

const pageMax = 100;

export function paymentCalls(stripe: Stripe) {
  return {
    openCheckout: (place: Required<Place>, start: CheckoutStart): Promise<CheckoutPage> =>
      asked(async () =>
        pageOf(await stripe.checkout.sessions.create(checkoutParams(start), at(place))),
      ),
    /** Answers false when the page was paid or closed already. */
    expireCheckout: (place: Required<Place>, session: string): Promise<boolean> =>
      asked(async () => {
        const { account } = place;
        const options = at({ account });
        const { status } = await stripe.checkout.sessions.retrieve(session, undefined, options);
        if (status !== "open") return false;
        await stripe.checkout.sessions.expire(session, undefined, at(place));
        return true;
      }),
    charge: (place: Required<Place>, start: ChargeStart): Promise<StripePayment> =>
      asked(async () =>
        paymentOf(
          await stripe.paymentIntents.create(chargeParams(start), { ...at(place), ...patient }),
        ),
      ),
    /** A charge of this customer since then that carries the metadata: what an old key forgot. */
    findCharge: (
      place: Place,
      sought: { readonly customer: string; readonly since: string; readonly metadata: Metadata },
    ): Promise<StripePayment | undefined> =>
      asked(async () => {
        const gte = Math.floor(Date.parse(sought.since) / 1_000);
        const { customer } = sought;
        const listed = stripe.paymentIntents.list(
          { customer, created: { gte }, limit: pageMax },
          at(place),
        );
        for await (const intent of listed) {
          if (carries(intent.metadata, sought.metadata)) return paymentOf(intent);
        }
        return undefined;
      }),
    payment: (place: Place, id: string): Promise<StripePayment> =>
      asked(async () =>
        paymentOf(
          await stripe.paymentIntents.retrieve(id, { expand: ["latest_charge"] }, at(place)),
        ),
      ),
  };
}

function checkoutParams(start: CheckoutStart): Stripe.Checkout.SessionCreateParams {
  const { lines, currency, customer, email, save, metadata } = start;
  return {
    mode: "payment",
    line_items: lines.map(({ name, amount }) => ({
      quantity: 1,
      price_data: {
        currency: currency.toLowerCase(),
        unit_amount: amountFor(amount, currency),
        product_data: { name },
      },
    })),
    payment_intent_data: {
      metadata,
      description: lines
        .map(({ name }) => name)
        .join(", ")
        .slice(0, 500),
      ...(save ? { setup_future_usage: "off_session" as const } : {}),
    },
    metadata,
    client_reference_id: start.reference,
    success_url: start.successUrl,
    cancel_url: start.cancelUrl,
    ...(customer ? { customer } : {}),
    ...(!customer && email ? { customer_email: email } : {}),
  };
}

function pageOf({ id, url, expires_at: expires }: Stripe.Checkout.Session): CheckoutPage {
  if (!url) throw new TypeError(`${id} has no page`);
  return { id, url, expiresAt: instantOfSeconds(expires) };
}

const chargeParams = (start: ChargeStart): Stripe.PaymentIntentCreateParams => ({
  amount: amountFor(start.amount, start.currency),
  currency: start.currency.toLowerCase(),
  customer: start.customer,
  payment_method: start.method,
  description: start.description,
  metadata: start.metadata,
  off_session: true,
  confirm: true,
});

const carries = (found: Metadata, sought: Metadata): boolean =>
  Object.entries(sought).every(([name, value]) => found[name] === value);

function paymentOf(intent: Stripe.PaymentIntent): StripePayment {
  const currency = currencyFrom(intent.currency);
  const { latest_charge: charge, last_payment_error: error } = intent;
  const expanded = typeof charge === "object" ? charge : null;
  return {
    id: intent.id,
    status: intent.status,
    received: fromStripeAmount(intent.amount_received, currency),
    currency,
    metadata: intent.metadata,
    charge: idOfReference(charge),
    method: factsOf(expanded?.payment_method_details ?? error?.payment_method ?? null),
    failure: error ? (error.decline_code ?? error.code ?? error.type) : null,
  };
}

interface Method {
  readonly type: string;
  readonly card?: { readonly brand: string | null; readonly last4: string | null } | undefined;
  readonly us_bank_account?:
    | { readonly bank_name: string | null; readonly last4: string | null }
    | undefined;
}

function factsOf(method: Pick<Method, "type"> | null): MethodFacts {
  const { type, card, us_bank_account: bank } = (method ?? { type: "other" }) as Method;
  const brand = card?.brand ?? bank?.bank_name ?? null;
  return { type, brand, last4: card?.last4 ?? bank?.last4 ?? null };
}
