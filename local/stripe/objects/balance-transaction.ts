import type Stripe from "stripe";
import type { World } from "../kit/world.ts";

export interface Movement {
  amount: number;
  fee: number;
  currency: string;
  description: string | null;
  source: string;
  type: "charge" | "payment" | "refund" | "payment_refund" | "refund_failure" | "adjustment";
}

const availableAfterS = 2 * 24 * 3600;

const reportingCategories: Record<Movement["type"], string> = {
  charge: "charge",
  payment: "charge",
  refund: "refund",
  payment_refund: "refund",
  refund_failure: "refund_failure",
  adjustment: "dispute",
};

/** Every movement of an account's balance has one. */
export function makeBalanceTransaction(
  world: World,
  movement: Movement,
): Stripe.BalanceTransaction {
  const { amount, fee, currency, description, source, type } = movement;
  const fees = [
    {
      amount: fee,
      application: null,
      currency,
      description: "Stripe processing fees",
      type: "stripe_fee",
    },
  ];
  const made: Stripe.BalanceTransaction = {
    id: world.newId("txn"),
    object: "balance_transaction",
    amount,
    available_on: world.nowS + availableAfterS,
    balance_type: "payments",
    created: world.nowS,
    currency,
    description,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : fees,
    net: amount - fee,
    reporting_category: reportingCategories[type],
    source,
    status: "pending",
    type,
  };
  return world.put("balance_transaction", made.id, made);
}

/** Stripe's list prices: 2.9 % and 30 for cards, 0.8 % and at most 500 for bank debits. */
export function processingFee(amount: number, type: string): number {
  if (type === "us_bank_account") return Math.min(500, Math.round(amount * 0.008));
  return Math.min(amount, Math.round(amount * 0.029) + 30);
}
