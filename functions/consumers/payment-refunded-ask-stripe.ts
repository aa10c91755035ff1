import { loadPayment } from "../../domain/payments/payment.store.ts";
import { consumer } from "../kit/consumer.ts";

/**
 * Stripe is asked after the refund is booked, under the refund's own id: however often this runs there is
 * one refund. Its outcome comes by webhook.
 */
export const askStripeForRefund = consumer({
  name: "payment-refunded-ask-stripe",
  on: ["payment.refunded"],
  run: async (deps, { agency, subject, data }) => {
    if (!agency || data.foreign === true) return;
    const tenant = await deps.tenant(agency);
    const payment = await loadPayment(tenant, subject);
    const refund = payment?.refunds.find(({ id }) => id === data.refund);
    if (!payment?.stripe || refund?.status !== "Pending" || refund.stripe) return;
    const { account, paymentIntent } = payment.stripe;
    const stripe = await deps.stripe();
    await stripe.refund(
      { account, key: refund.id },
      {
        paymentIntent,
        amount: refund.amount,
        currency: payment.currency,
        metadata: { refund: refund.id, intent: payment.id, agency },
      },
    );
  },
});
