import type Stripe from "stripe";
import { invalid } from "../kit/failure.ts";
import type { World } from "../kit/world.ts";
import { makeBalanceTransaction } from "../objects/balance-transaction.ts";

export type DisputeEnd = "won" | "lost";

const evidenceDays = 7;
const disputeFee = 1500;

/** Takes the money back at once; an inquiry only asks and moves nothing. */
export function openDispute(
  world: World,
  charge: Stripe.Charge,
  how: { amount: number; isInquiry: boolean },
): Stripe.Dispute {
  const { amount, isInquiry } = how;
  if (isTakenBack(world, charge)) throw invalid(`Charge ${charge.id} is disputed already.`);
  if (charge.status !== "succeeded") throw invalid(`Charge ${charge.id} has not succeeded.`);
  const left = charge.amount - charge.amount_refunded;
  if (amount < 1 || amount > charge.amount) {
    throw invalid(`A dispute of ${amount} of ${left}.`, { param: "amount" });
  }
  const id = world.newId("dp");
  const dispute: Stripe.Dispute = {
    id,
    object: "dispute",
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: world.nowS,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence(),
    evidence_details: {
      due_by: world.nowS + evidenceDays * 24 * 3600,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: null as unknown as Stripe.Dispute.EvidenceDetails.SubmissionMethod,
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    ...methodOf(charge, isInquiry),
    reason: "fraudulent",
    status: isInquiry ? "warning_needs_response" : "needs_response",
  };
  world.put("dispute", id, dispute);
  world.put("charge", charge.id, { ...charge, disputed: true });
  world.emit("charge.dispute.created", dispute);
  if (isInquiry) return dispute;
  const withdrawn = move(world, dispute, { amount: -amount, fee: disputeFee });
  world.emit("charge.dispute.funds_withdrawn", withdrawn);
  return withdrawn;
}

/** The bank's decision; a won dispute gives the money back. */
export function closeDispute(
  world: World,
  dispute: Stripe.Dispute,
  end: DisputeEnd,
): Stripe.Dispute {
  const isInquiry = dispute.status.startsWith("warning_");
  const status = isInquiry ? "warning_closed" : end;
  const closed: Stripe.Dispute = { ...dispute, status };
  world.put("dispute", dispute.id, closed);
  world.emit("charge.dispute.closed", closed);
  if (isInquiry || end === "lost") return closed;
  const reinstated = move(world, closed, { amount: dispute.amount, fee: 0 });
  world.emit("charge.dispute.funds_reinstated", reinstated);
  return reinstated;
}

/** While its money is with the bank, or for ever after a lost dispute. */
export function isTakenBack(world: World, charge: Stripe.Charge): boolean {
  const disputes = world.list("dispute").filter((dispute) => dispute.charge === charge.id);
  return disputes.some((dispute) => !["won", "warning_closed"].includes(dispute.status));
}

export function isOpen(dispute: Stripe.Dispute): boolean {
  return !["won", "lost", "warning_closed"].includes(dispute.status);
}

function move(
  world: World,
  dispute: Stripe.Dispute,
  by: { amount: number; fee: number },
): Stripe.Dispute {
  const moved = makeBalanceTransaction(world, {
    ...by,
    currency: dispute.currency,
    description: by.amount < 0 ? "Chargeback withdrawal" : "Chargeback reversal",
    source: dispute.id,
    type: "adjustment",
  });
  const next: Stripe.Dispute = {
    ...dispute,
    balance_transactions: [...dispute.balance_transactions, moved],
  };
  return world.put("dispute", dispute.id, next);
}

function methodOf(charge: Stripe.Charge, isInquiry: boolean): Partial<Stripe.Dispute> {
  const brand = charge.payment_method_details?.card?.brand ?? null;
  if (brand === null) return {};
  const details = {
    type: "card",
    card: {
      brand,
      case_type: isInquiry ? "inquiry" : "chargeback",
      network: brand,
      network_reason_code: "10.4",
    },
  };
  return { payment_method_details: details as unknown as Stripe.Dispute.PaymentMethodDetails };
}

function noEvidence(): Stripe.Dispute.Evidence {
  return {
    access_activity_log: null,
    billing_address: null,
    cancellation_policy: null,
    cancellation_policy_disclosure: null,
    cancellation_rebuttal: null,
    customer_communication: null,
    customer_email_address: null,
    customer_name: null,
    customer_purchase_ip: null,
    customer_signature: null,
    duplicate_charge_documentation: null,
    duplicate_charge_explanation: null,
    duplicate_charge_id: null,
    enhanced_evidence: {},
    product_description: null,
    receipt: null,
    refund_policy: null,
    refund_policy_disclosure: null,
    refund_refusal_explanation: null,
    service_date: null,
    service_documentation: null,
    shipping_address: null,
    shipping_carrier: null,
    shipping_date: null,
    shipping_documentation: null,
    shipping_tracking_number: null,
    uncategorized_file: null,
    uncategorized_text: null,
  };
}
