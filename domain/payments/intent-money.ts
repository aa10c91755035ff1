import type { Invoice } from "../billing/invoice.ts";
import type { Intent, IntentPurpose } from "./intent.ts";
import type { Payment } from "./payment.ts";
import type { ReceivePayment } from "./receive.ts";

/** What Stripe knows of the money, beyond what we meant to ask for. */
export interface MoneyFacts {
  readonly amount: number;
  readonly method: string;
  readonly reference: string | null;
  readonly receivedAt: string;
  readonly stripe: Payment["stripe"];
}

const sources = {
  checkout: "checkout",
  charge: "auto",
  prepayment: "prepayment",
  setup: "checkout",
} as const satisfies Record<IntentPurpose, Payment["source"]>;

/** The payment that an intent becomes. Documents that are gone by now are paid nothing. */
export function moneyOf(
  intent: Intent,
  facts: MoneyFacts,
  invoices: readonly Invoice[],
): ReceivePayment {
  const { id, customer, currency, notes, purpose, prepayment } = intent;
  const known = new Set<string>(invoices.map((invoice) => invoice.id));
  return {
    ...facts,
    ...{ id, customer, currency, notes },
    source: sources[purpose],
    for: intent.for.filter(({ invoice }) => known.has(invoice)),
    notify: true,
    also: prepayment ? [{ type: "prepayment.charged", subject: prepayment }] : [],
  };
}
