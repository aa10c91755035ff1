import { loadAgencyIdByAccount } from "../../../domain/payments/stripe-account.store.ts";
import {
  type HandledEventType,
  isHandled,
  type StripeEvent,
} from "../../../domain/payments/stripe-objects.ts";
import { StripeProblem } from "../../../domain/payments/stripe-problem.ts";
import type { Deps } from "../../kit/deps.ts";
import { handleAccount } from "./account.ts";
import { handleDeletedCustomer } from "./customers.ts";
import { handleDispute } from "./disputes.ts";
import { handleMethod, handleSetup } from "./methods.ts";
import { handlePaymentIntent, handleSession } from "./payments.ts";
import { handleChargeRefunded, handleRefund } from "./refunds.ts";
import type { StripeWork } from "./work.ts";

const handlers: Readonly<Record<HandledEventType, (work: StripeWork) => Promise<void>>> = {
  "checkout.session.completed": handleSession,
  "checkout.session.async_payment_succeeded": handleSession,
  "checkout.session.async_payment_failed": handleSession,
  "checkout.session.expired": handleSession,
  "payment_intent.succeeded": handlePaymentIntent,
  "payment_intent.processing": handlePaymentIntent,
  "payment_intent.payment_failed": handlePaymentIntent,
  "payment_intent.canceled": handlePaymentIntent,
  "charge.refunded": handleChargeRefunded,
  "refund.created": handleRefund,
  "refund.updated": handleRefund,
  "refund.failed": handleRefund,
  "charge.dispute.created": handleDispute,
  "charge.dispute.updated": handleDispute,
  "charge.dispute.funds_withdrawn": handleDispute,
  "charge.dispute.funds_reinstated": handleDispute,
  "charge.dispute.closed": handleDispute,
  "setup_intent.succeeded": handleSetup,
  "customer.deleted": handleDeletedCustomer,
  "payment_method.attached": handleMethod,
  "payment_method.detached": handleMethod,
  "payment_method.automatically_updated": handleMethod,
  "account.updated": handleAccount,
  "account.application.deauthorized": handleAccount,
};

/** An event of an account that no agency has (any more) changes nothing. */
export async function handleStripeEvent(deps: Deps, event: StripeEvent): Promise<void> {
  const { type, account } = event;
  if (!isHandled(type) || !account) return;
  const agency = await loadAgencyIdByAccount(deps.platform, account);
  if (!agency) return;
  const [tenant, stripe] = await Promise.all([deps.tenant(agency), deps.stripe()]);
  const work = { deps, tenant, stripe, account, event };
  try {
    await handlers[type](work);
  } catch (error) {
    if (!(error instanceof StripeProblem) || error.kind !== "no-access") throw error;
    await checkAccess(work, error);
  }
}

/** The event that took our access away comes in any order, too: with it the others are over. */
async function checkAccess(work: StripeWork, error: StripeProblem): Promise<void> {
  await handleAccount(work);
  const agency = await loadAgencyIdByAccount(work.deps.platform, work.account);
  if (agency) throw error;
}
