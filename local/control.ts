import { type Context, Hono } from "hono";
import * as z from "zod";
import { toStripeAmount } from "../domain/payments/stripe-amounts.ts";
import { addDuration, parseInstant } from "../domain/shared/calendar.ts";
import type { Currency } from "../domain/shared/currencies.ts";
import { fromMajor } from "../domain/shared/money.ts";
import type { Deps } from "../functions/kit/deps.ts";
import type { Clock } from "./clock.ts";
import { messageOf } from "./failure.ts";
import { type FaultInjection, faultsSchema } from "./faults.ts";
import { inboxPage } from "./inbox.ts";
import type { Mailbox } from "./mail.ts";
import type { StripeStandIn } from "./stripe/stand-in.ts";
import type { Timeline } from "./timeline.ts";

export interface ControlParts {
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly settle: () => Promise<void>;
  readonly mailbox: Mailbox;
  readonly standIn: StripeStandIn;
  readonly faults: FaultInjection;
  readonly deps: Deps;
  readonly reset: () => Promise<void>;
  readonly ready: () => Promise<object>;
  readonly accounts: () => readonly string[];
}

const clockBody = z.union([
  z.strictObject({ advance: z.string().max(40) }),
  z.strictObject({ now: z.string().max(40) }),
]);
const outageBody = z.strictObject({ for: z.string().max(40) });
const stripeBody = z.strictObject({
  nextCharge: z.enum(["decline", "authenticate", "delay"]).optional(),
  webhooks: z
    .strictObject({
      copies: z.int().min(1).max(10).optional(),
      shuffle: z.boolean().optional(),
      dropRate: z.number().min(0).max(1).optional(),
      delayS: z.number().min(0).optional(),
    })
    .optional(),
  dispute: z
    .strictObject({
      paymentIntent: z.string(),
      amount: z.number().positive().optional(),
      outcome: z.enum(["won", "lost"]).optional(),
    })
    .optional(),
  refund: z
    .strictObject({ paymentIntent: z.string(), amount: z.number().positive().optional() })
    .optional(),
  reconcile: z.boolean().optional(),
});

/** What only a system on one's own machine offers: its clock, its mail, its faults. */
export function createControl(parts: ControlParts): Hono {
  const app = new Hono().basePath("/__local");
  app.onError((error, context) => context.json({ detail: messageOf(error) }, 400));
  app.get("/ready", async (context) => context.json(await parts.ready()));
  app.post("/settle", async (context) => {
    await parts.settle();
    return context.json({ pending: 0 });
  });
  app.post("/clock", async (context) => {
    const target = targetOf(clockBody.parse(await bodyOf(context)), parts.clock.now());
    const ran = await parts.timeline.advance(target);
    return context.json({ now: parts.clock.now(), ran });
  });
  app.post("/outage", async (context) => {
    const { for: duration } = outageBody.parse(await bodyOf(context));
    await parts.timeline.skip(addDuration(parts.clock.now(), duration));
    return context.json({ now: parts.clock.now() });
  });
  app.get("/mail", async (context) => {
    const mails = await parts.mailbox.list();
    const isPerson = context.req.header("accept")?.includes("text/html");
    return isPerson ? context.html(await inboxPage(mails)) : context.json(mails);
  });
  app.get("/mail/:id/:filename", async (context) => {
    const { id, filename } = context.req.param();
    const found = await parts.mailbox.attachment(id, filename);
    if (!found) return context.notFound();
    return context.body(new Uint8Array(found.content), 200, { "content-type": found.contentType });
  });
  app.delete("/mail", (context) => {
    parts.mailbox.clear();
    return context.body(null, 204);
  });
  app.post("/faults", async (context) => {
    parts.faults.set(faultsSchema.parse(await bodyOf(context)));
    return context.json({});
  });
  app.post("/stripe", async (context) => {
    await controlStripe(parts, stripeBody.parse(await bodyOf(context)));
    return context.json({});
  });
  app.post("/reset", async (context) => {
    await parts.timeline.exclusively(parts.reset);
    return context.json(await parts.ready());
  });
  return app;
}

async function bodyOf(context: Context): Promise<unknown> {
  const text = await context.req.text();
  return text.trim() === "" ? {} : JSON.parse(text);
}

function targetOf(asked: z.output<typeof clockBody>, now: string): string {
  if ("advance" in asked) return addDuration(now, asked.advance);
  const instant = parseInstant(asked.now);
  if (instant === undefined || instant < now) throw new Error("`now` must be an instant to come");
  return instant;
}

async function controlStripe(parts: ControlParts, asked: z.output<typeof stripeBody>) {
  const { control } = parts.standIn;
  const { nextCharge, webhooks, dispute, refund } = asked;
  if (nextCharge) control.nextCharge(nextCharge);
  if (webhooks) control.webhooks(webhooks as Parameters<typeof control.webhooks>[0]);
  if (dispute) {
    const { paymentIntent, outcome } = dispute;
    const amount = await stripeAmount(parts, dispute);
    control.dispute({ paymentIntent, ...amount, ...(outcome ? { outcome } : {}) });
  }
  if (refund) {
    const { paymentIntent } = refund;
    control.refund({ paymentIntent, ...(await stripeAmount(parts, refund)) });
  }
  if (asked.reconcile) {
    const { build } = await import("../functions/jobs/reconcile-stripe.ts");
    await build(parts.deps)();
  }
}

/** Major units of the payment's own currency in Stripe's unit. */
async function stripeAmount(
  parts: ControlParts,
  { paymentIntent, amount }: { paymentIntent: string; amount?: number | undefined },
): Promise<{ amount?: number }> {
  if (amount === undefined) return {};
  const currency = await currencyOf(parts, paymentIntent);
  const minor = fromMajor(amount, currency);
  if (!minor.ok) throw new Error(`amount ${minor.detail}`);
  const converted = toStripeAmount(minor.amount, currency);
  if (!converted.ok) throw new Error(converted.detail);
  return { amount: converted.amount };
}

async function currencyOf(parts: ControlParts, paymentIntent: string): Promise<Currency> {
  const stripe = await parts.deps.stripe();
  for (const account of parts.accounts()) {
    const found = await stripe.payment({ account }, paymentIntent).catch(() => undefined);
    if (found) return found.currency;
  }
  throw new Error(`there is no payment ${paymentIntent}`);
}
