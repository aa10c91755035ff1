import { loadBooks, saveLedger } from "../../domain/payments/ledger.store.ts";
import { asDecidedOn } from "../../domain/payments/ledger.ts";
import { loadPayment } from "../../domain/payments/payment.store.ts";
import type { Payment, Refund } from "../../domain/payments/payment.ts";
import { settleRefund } from "../../domain/payments/refund.ts";
import type { StripeGateway } from "../../domain/payments/stripe.gateway.ts";
import { StripeProblem } from "../../domain/payments/stripe-problem.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";
import type { Deps } from "../kit/deps.ts";
import { Refused } from "../kit/refused.ts";
import { ledgerContextOf } from "../webhooks/stripe/work.ts";
import { mayBeForgotten } from "./stripe-memory.ts";

/** The refund is booked already and holds its money; here Stripe is asked to send it. */
export const askStripeForRefund = consumer({
  name: "payment-refunded-ask-stripe",
  on: ["payment.refunded"],
  run: async (deps, { agency, subject, data }) => {
    if (!agency || data.status !== "Pending") return;
    const tenant = await deps.tenant(agency);
    const payment = await loadPayment(tenant, subject);
    const refund = payment?.refunds.find(({ id }) => id === data.refund);
    if (!payment?.stripe || refund?.status !== "Pending" || refund.stripe) return;
    try {
      await ask(deps, tenant, { payment, refund, place: payment.stripe });
    } catch (error) {
      if (!(error instanceof StripeProblem) || error.kind === "unavailable") throw error;
      deps.log.warn("Stripe refused a refund", { refund: refund.id, code: error.code });
      await giveUp(deps, tenant, { payment: payment.id, refund: refund.id });
    }
  },
});

async function ask(
  deps: Deps,
  tenant: Tenant,
  asked: {
    readonly payment: Payment;
    readonly refund: Refund;
    readonly place: NonNullable<Payment["stripe"]>;
  },
): Promise<void> {
  const { payment, refund, place } = asked;
  const { account, paymentIntent } = place;
  const stripe = await deps.stripe();
  const forgotten = mayBeForgotten(refund.at, deps.now());
  if (forgotten && (await isMade(stripe, { account, paymentIntent }, refund))) return;
  await stripe.refund(
    { account, key: refund.id },
    {
      paymentIntent,
      amount: refund.amount,
      currency: payment.currency,
      metadata: { refund: refund.id, payment: payment.id, agency: tenant.agency },
    },
  );
}

async function isMade(
  stripe: StripeGateway,
  { account, paymentIntent }: { readonly account: string; readonly paymentIntent: string },
  { id }: Refund,
): Promise<boolean> {
  const made = await stripe.refundsOf({ account }, paymentIntent);
  return made.some(({ metadata }) => metadata.refund === id);
}

/** The money is the customer's again, and `payment.refund-failed` tells staff. */
async function giveUp(
  deps: Deps,
  tenant: Tenant,
  failed: { readonly payment: Payment["id"]; readonly refund: Refund["id"] },
): Promise<void> {
  await commitDecided(deps, tenant, async () => {
    const payment = await loadPayment(tenant, failed.payment);
    if (!payment) return [];
    const { customer, id } = payment;
    const loaded = await loadBooks(tenant, { customer, payments: [id] });
    const books = asDecidedOn(loaded, payment);
    const command = { payment, refund: failed.refund, outcome: "Failed", stripe: null } as const;
    const decided = settleRefund(books, command, await ledgerContextOf({ deps, tenant }));
    if (!decided) return [];
    if (!decided.ok) throw new Refused(decided);
    return saveLedger(tenant, decided.changes);
  });
}
