import * as z from "zod";
import { balanceOf, type Invoice, isOpen } from "../billing/invoice.ts";
import type { Currency } from "../shared/currencies.ts";
import type { Id } from "../shared/ids.ts";
import { type Refusal, refuse } from "../shared/refusals.ts";
import {
  amountSchema,
  currencySchema,
  idOf,
  instantSchema,
  list,
  maybe,
  recordFields,
} from "../shared/schema.ts";
import { type Charging, chargingSchema } from "./charging.ts";
import { toChargeAmount } from "./stripe-amounts.ts";

export const intentPurposes = ["checkout", "charge", "prepayment", "setup"] as const;
export type IntentPurpose = (typeof intentPurposes)[number];

export const intentStatuses = ["open", "completed", "expired", "superseded", "failed"] as const;

/**
 * What we mean to ask of Stripe, stored before Stripe is asked. Its id is the id of the payment
 * that may come of it, so however often Stripe tells of that money, it is one payment.
 */
export const intentSchema = z.object({
  id: idOf("payment"),
  customer: idOf("customer"),
  account: z.string(),
  /** `balance` is what the document asked for when the payer saw its price. */
  for: list(
    z.object({
      invoice: idOf("invoice"),
      name: z.string(),
      amount: amountSchema,
      balance: amountSchema,
    }),
  ),
  amount: amountSchema,
  currency: currencySchema,
  purpose: z.enum(intentPurposes),
  save: z.boolean(),
  status: z.enum(intentStatuses),
  /** Where Stripe's page leads back to. */
  returns: maybe(z.object({ success: z.string(), cancel: z.string() })),
  session: maybe(z.object({ id: z.string(), url: z.string(), expiresAt: instantSchema })),
  /** The saved method that is charged without the payer; a page has none. */
  method: maybe(z.string()),
  paymentIntent: maybe(z.string()),
  notes: maybe(z.string()),
  prepayment: maybe(idOf("prepayment")),
  /** Null: somebody asked for this charge, and nobody repeats it for them. */
  charging: maybe(chargingSchema),
  /** Its failure has led to what it leads to: another try, or none. */
  followedUp: z.boolean().default(false),
  ...recordFields,
});
export type Intent = z.infer<typeof intentSchema>;

export interface IntentStart {
  readonly id: Id<"payment">;
  readonly customer: Id<"customer">;
  readonly account: string;
  /** The documents to pay, in the order in which a smaller amount pays them. */
  readonly invoices: readonly Invoice[];
  /** Null: all that the documents ask for. */
  readonly amount: number | null;
  readonly currency: Currency;
  readonly purpose: IntentPurpose;
  readonly save: boolean;
  /** What is paid over the balance stays unapplied; staff's own pages refuse it. */
  readonly mayOverpay: boolean;
  readonly returns: Intent["returns"];
  readonly method: string | null;
  readonly notes: string | null;
  readonly prepayment: Id<"prepayment"> | null;
  readonly charging?: Charging | null;
}

export type NewIntent = { readonly ok: true; readonly intent: Intent } | Refusal;

/** Refuses what Stripe could take but we couldn't place: nobody should pay for nothing. */
export function newIntent(start: IntentStart, now: string): NewIntent {
  const misplaced = refuseDocuments(start);
  if (misplaced) return misplaced;
  const asked = start.invoices.reduce((sum, invoice) => sum + balanceOf(invoice), 0);
  const amount = start.amount ?? asked;
  if (start.invoices.length > 0 && amount > asked && !start.mayOverpay) {
    return refuse("invoice.over-applied", "The invoice needs less than that.");
  }
  if (start.purpose !== "setup") {
    const chargeable = toChargeAmount(amount, start.currency);
    if (!chargeable.ok) return chargeable;
  }
  return { ok: true, intent: intentOf(start, { amount, now }) };
}

function intentOf(
  start: IntentStart,
  { amount, now }: { readonly amount: number; readonly now: string },
): Intent {
  const { id, customer, account, currency, purpose, save, returns, method } = start;
  return {
    ...{ id, customer, account, currency, purpose, save, returns, method, amount },
    for: sharesOf(start.invoices, amount),
    status: "open",
    session: null,
    paymentIntent: null,
    notes: start.notes,
    prepayment: start.prepayment,
    charging: start.charging ?? null,
    followedUp: false,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

/** Each document up to its balance, the first ones first. */
function sharesOf(invoices: readonly Invoice[], amount: number): Intent["for"] {
  let left = amount;
  return invoices.flatMap((invoice) => {
    const balance = balanceOf(invoice);
    const share = Math.min(balance, left);
    left -= share;
    return share === 0
      ? []
      : [{ invoice: invoice.id, name: nameOf(invoice), amount: share, balance }];
  });
}

const nameOf = ({ isRetainer, number }: Invoice): string =>
  `${isRetainer ? "Retainer" : "Invoice"} ${number ?? ""}`.trim();

function refuseDocuments({ invoices, customer, currency }: IntentStart): Refusal | undefined {
  const closed = invoices.find((invoice) => !isOpen(invoice));
  if (closed) return refuse("invoice.not-open", `The invoice is ${closed.status}.`);
  if (invoices.some((invoice) => invoice.customer !== customer)) {
    return refuse("customer.mismatch", "The invoices belong to different customers.");
  }
  if (invoices.some((invoice) => invoice.currency !== currency)) {
    return refuse("currency.mismatch", `Only invoices in ${currency} are paid with ${currency}.`);
  }
  if (invoices.length > 1 && invoices.some(({ isRetainer }) => isRetainer)) {
    return refuse("payment.mixed", "A payment funds one retainer alone, or pays invoices.");
  }
  return undefined;
}

/**
 * The price that the payer sees is still what the documents ask for, and nothing else pays them.
 */
export function stillFits(intent: Intent, invoices: readonly Invoice[]): boolean {
  return intent.for.every(({ invoice: id, balance }) => {
    const invoice = invoices.find((one) => one.id === id);
    return invoice !== undefined && isOpen(invoice) && balanceOf(invoice) === balance;
  });
}

export const changedIntent = (intent: Intent, change: Partial<Intent>, now: string): Intent => ({
  ...intent,
  ...change,
  updatedAt: now,
  version: intent.version + 1,
});

/**
 * Nobody sits in front of it: once it failed it is over. On a page the payer tries another card.
 */
export const isUnattended = ({ method }: Intent): boolean => method !== null;

/** What of an intent is no document's: it goes to the retainer balance. */
export const aheadOf = (intent: Intent): number =>
  intent.for.reduce((left, { amount }) => left - amount, intent.amount);
