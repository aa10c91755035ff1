import type Stripe from "stripe";
import type { Currency } from "../shared/currencies.ts";
import { fromStripeAmount } from "./stripe-amounts.ts";
import {
  amountFor,
  asked,
  at,
  currencyFrom,
  idOfReference,
  type Place,
  patient,
} from "./stripe-client.gateway.ts";
import type { Metadata } from "./stripe-payments.gateway.ts";

export interface StripeRefund {
  readonly id: string;
  readonly paymentIntent: string | null;
  readonly amount: number;
  readonly status: string;
  readonly metadata: Metadata;
}

const pageMax = 100;

export function refundCalls(stripe: Stripe) {
  return {
    refund: (
      place: Required<Place>,
      start: {
        readonly paymentIntent: string;
        readonly amount: number;
        readonly currency: Currency;
        readonly metadata: Metadata;
      },
    ): Promise<StripeRefund> =>
      asked(async () =>
        refundOf(
          await stripe.refunds.create(
            {
              payment_intent: start.paymentIntent,
              amount: amountFor(start.amount, start.currency),
              metadata: start.metadata,
            },
            { ...at(place), ...patient },
          ),
        ),
      ),
    refundNow: (place: Place, id: string): Promise<StripeRefund> =>
      asked(async () => refundOf(await stripe.refunds.retrieve(id, undefined, at(place)))),
    refundsOf: (place: Place, paymentIntent: string): Promise<StripeRefund[]> =>
      asked(async () => {
        const refunds: StripeRefund[] = [];
        const listed = stripe.refunds.list(
          { payment_intent: paymentIntent, limit: pageMax },
          at(place),
        );
        for await (const refund of listed) refunds.push(refundOf(refund));
        return refunds;
      }),
  };
}

function refundOf(refund: Stripe.Refund): StripeRefund {
  return {
    id: refund.id,
    paymentIntent: idOfReference(refund.payment_intent),
    amount: fromStripeAmount(refund.amount, currencyFrom(refund.currency)),
    status: refund.status ?? "pending",
    metadata: refund.metadata ?? {},
  };
}
