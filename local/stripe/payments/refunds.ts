import type Stripe from "stripe";
import { spokenAmount } from "../kit/amounts.ts";
import { invalid } from "../kit/failure.ts";
import { laterBy } from "../kit/ids.ts";
import type { Task } from "../kit/kinds.ts";
import type { World } from "../kit/world.ts";
import { makeBalanceTransaction } from "../objects/balance-transaction.ts";
import { isTakenBack } from "./disputes.ts";
import { testMethodOf } from "./methods.ts";

export interface RefundStart {
  amount: number | undefined;
  reason: Stripe.Refund.Reason | null;
  metadata: Record<string, string>;
}

/** Stripe only says "some time later". */
const refundDelayS = 24 * 3600;

export function makeRefund(world: World, charge: Stripe.Charge, start: RefundStart): Stripe.Refund {
  const amount = start.amount ?? charge.amount - charge.amount_refunded;
  checkRefundable(world, charge, amount);
  const fate = fateOf(world, charge);
  const id = world.newId(charge.id.startsWith("py_") ? "pyr" : "re");
  const refund: Stripe.Refund = {
    id,
    object: "refund",
    amount,
    balance_transaction: bookRefund(world, charge, { id, amount }),
    charge: charge.id,
    created: world.nowS,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: destinationOf(charge, "pending"),
    metadata: start.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: start.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: fate === "pends" ? "pending" : "succeeded",
    transfer_reversal: null,
  };
  world.put("refund", id, refund);
  world.emit("refund.created", refund);
  world.emit("charge.refunded", recount(world, charge.id));
  if (fate === "succeeds")
    update(world, refund, { destination_details: destinationOf(charge, "available") });
  else {
    const at = laterBy(world.now, refundDelayS);
    world.schedule({ kind: "settle-refund", at, refund: id, succeeds: fate === "pends" });
  }
  return refund;
}

function checkRefundable(world: World, charge: Stripe.Charge, amount: number): void {
  const left = charge.amount - charge.amount_refunded;
  const { currency, id } = charge;
  if (charge.status !== "succeeded") {
    throw invalid(`Charge ${id} has not succeeded, so it cannot be refunded.`, {
      code: "charge_not_refundable",
    });
  }
  if (isTakenBack(world, charge)) {
    throw invalid(`Charge ${id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  }
  if (left === 0) {
    throw invalid(`Charge ${id} has already been refunded.`, { code: "charge_already_refunded" });
  }
  if (amount < 1) {
    throw invalid("Invalid positive integer", {
      code: "parameter_invalid_integer",
      param: "amount",
    });
  }
  if (amount > left) {
    const asked = spokenAmount(amount, currency);
    const rest = spokenAmount(left, currency);
    throw invalid(
      `Refund amount (${asked}) is greater than unrefunded amount on charge (${rest})`,
      { param: "amount" },
    );
  }
}

type Fate = "succeeds" | "pends" | "fails";

function fateOf(world: World, charge: Stripe.Charge): Fate {
  const controls = world.controls();
  if (controls.refundsToFail > 0) {
    world.setControls({ ...controls, refundsToFail: controls.refundsToFail - 1 });
    return "fails";
  }
  const method = world.need("payment_method", String(charge.payment_method));
  const { afterwards, type } = testMethodOf(world, method);
  if (afterwards === "refund-fails") return "fails";
  return afterwards === "refund-pends" || type === "us_bank_account" ? "pends" : "succeeds";
}

function bookRefund(
  world: World,
  charge: Stripe.Charge,
  refund: { id: string; amount: number },
): string {
  const isCard = charge.id.startsWith("ch_");
  return makeBalanceTransaction(world, {
    amount: -refund.amount,
    fee: 0,
    currency: charge.currency,
    description: `REFUND FOR CHARGE${charge.description === null ? "" : ` (${charge.description})`}`,
    source: refund.id,
    type: isCard ? "refund" : "payment_refund",
  }).id;
}

function destinationOf(charge: Stripe.Charge, reference: "pending" | "available") {
  if (charge.id.startsWith("py_")) {
    const transfer = { reference: null, reference_status: reference };
    return { type: "us_bank_transfer", us_bank_transfer: transfer };
  }
  return {
    type: "card",
    card: {
      ...(reference === "available" ? { reference: "0000000000000000" } : {}),
      reference_status: reference,
      reference_type: "acquirer_reference_number",
      type: "refund",
    },
  } as const;
}

/** A failed refund no longer counts, and its charge can be refunded again. */
function recount(world: World, chargeId: string): Stripe.Charge {
  const charge = world.need("charge", chargeId);
  const refunds = world.list("refund").filter((refund) => refund.charge === chargeId);
  const counted = refunds.filter((refund) => refund.status !== "failed");
  const refundedAmount = counted.reduce((sum, refund) => sum + refund.amount, 0);
  const url = `/v1/charges/${chargeId}/refunds`;
  const next: Stripe.Charge = {
    ...charge,
    amount_refunded: refundedAmount,
    refunded: refundedAmount === charge.amount,
    refunds: { object: "list", data: refunds.toReversed(), has_more: false, url },
  };
  return world.put("charge", chargeId, next);
}

export function update(
  world: World,
  refund: Stripe.Refund,
  change: Partial<Stripe.Refund>,
): Stripe.Refund {
  const next: Stripe.Refund = { ...refund, ...change };
  world.put("refund", refund.id, next);
  recount(world, String(refund.charge));
  world.emit("refund.updated", next);
  world.emit("charge.refund.updated", next);
  return next;
}

/** The bank's late word on a refund. */
export function settleRefund(world: World, task: Task & { kind: "settle-refund" }): void {
  const refund = world.need("refund", task.refund);
  const charge = world.need("charge", String(refund.charge));
  if (task.succeeds) {
    const details = destinationOf(charge, "available");
    update(world, refund, { status: "succeeded", destination_details: details });
    return;
  }
  const { id, amount, currency } = refund;
  const returned = makeBalanceTransaction(world, {
    amount,
    fee: 0,
    currency,
    description: "REFUND FAILURE",
    source: id,
    type: "refund_failure",
  });
  const failed = update(world, refund, {
    status: "failed",
    failure_reason: "expired_or_canceled_card",
    failure_balance_transaction: returned.id,
  });
  world.emit("refund.failed", failed);
}
