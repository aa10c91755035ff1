import * as z from "zod";

/** The fields of Stripe's objects that we rely on, as its events carry them. */
const metadata = z.record(z.string(), z.string()).nullish();
/** An id, or the whole object where it is expanded. */
const reference = z
  .union([z.string(), z.object({ id: z.string() })])
  .nullish()
  .transform((value) => (typeof value === "string" ? value : (value?.id ?? null)));

export const stripeEventSchema = z.object({
  id: z.string(),
  type: z.string(),
  /** Absent on events of the platform's own account. */
  account: z.string().optional(),
  created: z.number().int(),
  livemode: z.boolean(),
  data: z.object({
    object: z.record(z.string(), z.unknown()),
    previous_attributes: z.record(z.string(), z.unknown()).optional(),
  }),
});
export type StripeEvent = z.infer<typeof stripeEventSchema>;

export const sessionObject = z.object({
  id: z.string(),
  mode: z.string(),
  payment_intent: reference,
  metadata,
});

export const paymentIntentObject = z.object({ id: z.string(), metadata });

export const setupIntentObject = z.object({
  id: z.string(),
  customer: reference,
  payment_method: reference,
  metadata,
});

export const chargeObject = z.object({ id: z.string(), payment_intent: reference });

export const refundObject = z.object({ id: z.string(), payment_intent: reference });

export const disputeObject = z.object({
  id: z.string(),
  amount: z.number().int(),
  currency: z.string(),
  status: z.string(),
  payment_intent: reference,
  balance_transactions: z.array(z.object({ amount: z.number().int() })).default([]),
});
export type DisputeObject = z.infer<typeof disputeObject>;

export const paymentMethodObject = z.object({ id: z.string(), customer: reference });

export const customerObject = z.object({ id: z.string(), metadata });

/** Events that change something here; others are stored and left alone. */
export const handledEventTypes = [
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
  "payment_intent.succeeded",
  "payment_intent.processing",
  "payment_intent.payment_failed",
  "payment_intent.canceled",
  "charge.refunded",
  "refund.created",
  "refund.updated",
  "refund.failed",
  "charge.dispute.created",
  "charge.dispute.updated",
  "charge.dispute.funds_withdrawn",
  "charge.dispute.funds_reinstated",
  "charge.dispute.closed",
  "setup_intent.succeeded",
  "customer.deleted",
  "payment_method.attached",
  "payment_method.detached",
  "payment_method.automatically_updated",
  "account.updated",
  "account.application.deauthorized",
] as const;
export type HandledEventType = (typeof handledEventTypes)[number];

export const isHandled = (type: string): type is HandledEventType =>
  (handledEventTypes as readonly string[]).includes(type);
