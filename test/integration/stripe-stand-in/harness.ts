import { randomBytes } from "node:crypto";
import Stripe from "stripe";
import { serveStandIn } from "../../../local/stripe/serve.ts";
import { createStripeStandIn, type StandInOptions } from "../../../local/stripe/stand-in.ts";

export const secret = "whsec_test_secret";
export const agency = "acct_agency1";
export const other = "acct_agency2";
export const startOfTime = "2026-11-02T09:00:00.000Z";

export interface Harness extends AsyncDisposable {
  stripe: Stripe;
  standIn: ReturnType<typeof createStripeStandIn>;
  url: string;
  /** Verified webhooks, as they came. */
  received: Stripe.Event[];
  clock: { now: string; advance(seconds: number): void };
  /** The next answers of our endpoint; afterwards 200. */
  answers: number[];
  /** What was received since, by type. */
  types(): string[];
  close(): Promise<void>;
}

export const day = 24 * 3600;

/** The stand-in on a port, the real library before it, and our endpoint behind it. */
export async function startHarness(over: Partial<StandInOptions> = {}): Promise<Harness> {
  const clock = {
    now: startOfTime,
    advance(seconds: number) {
      clock.now = new Date(Date.parse(clock.now) + seconds * 1000).toISOString();
    },
  };
  const received: Stripe.Event[] = [];
  const answers: number[] = [];
  const standIn = createStripeStandIn({
    now: () => clock.now,
    random: (bytes) => randomBytes(bytes),
    webhook: { url: "http://127.0.0.1:1/webhooks/stripe", secret },
    deliver: async (body, headers) => {
      const status = answers.shift() ?? 200;
      if (status < 300) received.push(verified(body, headers, clock.now));
      return status;
    },
    ...over,
  });
  standIn.seedAccount(agency, { name: "Northwind Studio", email: "owner@northwind.example" });
  standIn.seedAccount(other, { name: "Southwind" });
  const served = await serveStandIn(standIn, { port: 0 });
  const close = async () => {
    await standIn.close();
    await served.close();
  };
  return {
    stripe: clientOf(served),
    standIn,
    url: served.url,
    received,
    clock,
    answers,
    types: () => received.map((event) => event.type),
    close,
    [Symbol.asyncDispose]: close,
  };
}

export function clientOf(
  at: { host: string; port: number },
  account: string | null = agency,
): Stripe {
  return new Stripe("sk_test_harness", {
    host: at.host,
    port: at.port,
    protocol: "http",
    maxNetworkRetries: 0,
    telemetry: false,
    ...(account === null ? {} : { stripeAccount: account }),
  });
}

export function verified(body: string, headers: Record<string, string>, now: string): Stripe.Event {
  const at = Date.parse(now);
  const signature = headers["stripe-signature"] ?? "";
  return new Stripe("sk_test_x").webhooks.constructEvent(
    body,
    signature,
    secret,
    300,
    undefined,
    at,
  );
}

/** What a person (or script) does on a hosted page. */
export function submit(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
}

export const goodCard = { number: "4242424242424242", exp: "12/34", cvc: "123", name: "Ann Payer" };
export const cardOf = (number: string) => ({ ...goodCard, number });

export function paymentSession(
  stripe: Stripe,
  over: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Promise<Stripe.Checkout.Session> {
  return stripe.checkout.sessions.create({
    mode: "payment",
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: "usd",
          unit_amount: 70_000,
          product_data: { name: "Invoice INV-0002" },
        },
      },
    ],
    payment_intent_data: { metadata: { intent: "pay_1" } },
    metadata: { intent: "pay_1" },
    success_url: "https://portal.example/done?session={CHECKOUT_SESSION_ID}",
    cancel_url: "https://portal.example/back",
    ...over,
  });
}

/** The error that a call must fail with. */
export async function failureOf(work: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const error: unknown = await work.then(
    () => new Error("the call succeeded"),
    (reason: unknown) => reason,
  );
  if (error instanceof Stripe.errors.StripeError) return error;
  throw error;
}
