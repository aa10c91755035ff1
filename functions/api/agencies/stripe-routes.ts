import * as z from "zod";
import { route } from "../../kit/route.ts";
import { nullableText, read } from "../replies.ts";

const base = { area: "agencies", tag: "Agency" } as const;

export const stripeConnectReply = z.strictObject({ url: z.string() }).meta({ id: "StripeConnect" });

export const stripeAccountReply = z
  .strictObject({
    connected: z.boolean(),
    account: nullableText,
    /** Its owner finished Stripe's onboarding: customers can pay. */
    chargesEnabled: z.boolean(),
    detailsSubmitted: z.boolean(),
  })
  .meta({ id: "StripeAccount" });

export const paymentMethodsReply = z
  .strictObject({
    docs: z.array(
      z.strictObject({
        id: z.string(),
        type: z.string(),
        brand: nullableText,
        last4: nullableText,
        expMonth: z.number().int().nullable(),
        expYear: z.number().int().nullable(),
        isDefault: z.boolean(),
      }),
    ),
  })
  .meta({ id: "PaymentMethods" });

export const stripeRoutes = {
  connectStripe: route({
    ...base,
    auth: "key",
    role: "admin",
    operation: "connectStripe",
    method: "POST",
    path: "/v1/stripe/connect",
    summary: "Connect a Stripe account, or go on with its onboarding",
    replies: { 200: stripeConnectReply },
  }),
  getStripeAccount: route({
    ...base,
    ...read,
    operation: "getStripeAccount",
    path: "/v1/stripe/account",
    summary: "The connected Stripe account",
    replies: { 200: stripeAccountReply },
  }),
  listPaymentMethods: route({
    ...read,
    area: "customers",
    tag: "Customers",
    params: { id: "customer" },
    operation: "listPaymentMethods",
    path: "/v1/customers/{id}/payment-methods",
    summary: "Saved cards and bank accounts, as Stripe has them now",
    replies: { 200: paymentMethodsReply },
  }),
};
