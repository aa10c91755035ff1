import type Stripe from "stripe";

/** Work that waits for its time. */
export type Task =
  | { kind: "settle-debit"; at: string; paymentIntent: string; decline: string | null }
  | { kind: "settle-refund"; at: string; refund: string; succeeds: boolean }
  | { kind: "expire-session"; at: string; session: string };

export interface Delivery {
  event: string;
  at: string;
  attempts: number;
  firstAttemptAt: string | null;
}

/** What Stripe knows of a payment method but does not show. */
export interface MethodSecret {
  number: string;
  /** Used up or detached without ever being saved: it may not be used again. */
  spent: boolean;
}

export interface SessionSecret {
  lineItems: Stripe.LineItem[];
  intentData: {
    description: string | null;
    metadata: Record<string, string>;
    receiptEmail: string | null;
    setupFutureUsage: "off_session" | "on_session" | null;
    statementDescriptor: string | null;
    statementDescriptorSuffix: string | null;
  };
  baseUrl: string;
}

export interface IntentSecret {
  returnUrl: string | null;
  /** Typed or named for an attempt that waits for its authentication. */
  pendingMethod: string | null;
}

export interface AccountLinkSecret {
  account: string;
  refreshUrl: string;
  returnUrl: string;
  expiresAt: string;
  used: boolean;
}

/** An answer kept for its idempotency key. */
export interface Replay {
  request: string;
  status: number;
  body: unknown;
  requestId: string;
  at: string;
}

export const chargeOverrides = ["decline", "hard-decline", "authenticate", "delay"] as const;
export type ChargeOverride = (typeof chargeOverrides)[number];

export interface WebhookSettings {
  copies: number;
  shuffle: boolean;
  dropRate: number;
  delayS: number;
}

export interface Controls {
  nextCharges: ChargeOverride[];
  refundsToFail: number;
  webhooks: WebhookSettings;
}

export interface Kinds {
  account: Stripe.Account;
  account_link: AccountLinkSecret;
  deauthorized: { at: string };
  customer: Stripe.Customer;
  deleted_customer: Stripe.DeletedCustomer;
  payment_method: Stripe.PaymentMethod;
  method_secret: MethodSecret;
  payment_intent: Stripe.PaymentIntent;
  intent_secret: IntentSecret;
  setup_intent: Stripe.SetupIntent;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  dispute: Stripe.Dispute;
  balance_transaction: Stripe.BalanceTransaction;
  checkout_session: Stripe.Checkout.Session;
  session_secret: SessionSecret;
  session_wish: { save: boolean };
  event: Stripe.Event;
  task: Task;
  delivery: Delivery;
  replay: Replay;
  controls: Controls;
}

export type Kind = keyof Kinds;
