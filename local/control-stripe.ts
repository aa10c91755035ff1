import * as z from "zod";
import { toStripeAmount } from "../domain/payments/stripe-amounts.ts";
import type { Currency } from "../domain/shared/currencies.ts";
import { fromMajor } from "../domain/shared/money.ts";
import type { Deps } from "../functions/kit/deps.ts";
import { badField } from "./problems.ts";
import type { StripeControl } from "./stripe/controls.ts";
import { StripeFailure } from "./stripe/kit/failure.ts";

/** What POST /__local/stripe takes. */
export const stripeBody = z.strictObject({
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

interface Parts {
  readonly deps: Deps;
  readonly standIn: { readonly control: StripeControl };
  readonly accounts: () => readonly string[];
}

/** Does all that was asked for, or nothing of it. */
export async function controlStripe(
  parts: Parts,
  asked: z.output<typeof stripeBody>,
): Promise<void> {
  const { control } = parts.standIn;
  const { nextCharge, webhooks } = asked;
  const dispute = asked.dispute && (await inStripesUnit(parts, "dispute", asked.dispute));
  const refund = asked.refund && (await inStripesUnit(parts, "refund", asked.refund));
  control.together(() => {
    if (nextCharge) control.nextCharge(nextCharge);
    if (webhooks) control.webhooks(webhooks as Parameters<typeof control.webhooks>[0]);
    if (dispute) blamingField("dispute", () => control.dispute(dispute));
    if (refund) blamingField("refund", () => control.refund(refund));
  });
  if (asked.reconcile) {
    const { build } = await import("../functions/jobs/reconcile-stripe.ts");
    await build(parts.deps)();
  }
}

type Field = "dispute" | "refund";

function blamingField(field: Field, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    const name = error.body.param === "amount" ? "amount" : "paymentIntent";
    throw badField(`#/${field}/${name}`, error.message);
  }
}

interface Movement {
  readonly paymentIntent: string;
  readonly amount?: number | undefined;
}

/** Major units of the payment's own currency become Stripe's unit; an amount left out is all. */
async function inStripesUnit<T extends Movement>(
  parts: Parts,
  field: Field,
  { amount, ...movement }: T,
): Promise<Omit<T, "amount"> & { amount?: number }> {
  const currency = await currencyOf(parts, field, movement.paymentIntent);
  if (amount === undefined) return movement;
  const pointer = `#/${field}/amount`;
  const minor = fromMajor(amount, currency);
  if (!minor.ok) throw badField(pointer, minor.detail);
  const converted = toStripeAmount(minor.amount, currency);
  if (!converted.ok) throw badField(pointer, converted.detail);
  return { ...movement, amount: converted.amount };
}

async function currencyOf(parts: Parts, field: Field, paymentIntent: string): Promise<Currency> {
  const stripe = await parts.deps.stripe();
  for (const account of parts.accounts()) {
    const found = await stripe.payment({ account }, paymentIntent).catch(() => undefined);
    if (found) return found.currency;
  }
  throw badField(`#/${field}/paymentIntent`, `there is no payment ${paymentIntent}`);
}
