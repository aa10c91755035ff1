import { loadCustomer } from "../../domain/customers/customer.store.ts";
import { loadIntent, saveIntent } from "../../domain/payments/intent.store.ts";
import { aheadOf, changedIntent, type Intent } from "../../domain/payments/intent.ts";
import { moneyOf } from "../../domain/payments/intent-money.ts";
import { loadBooks, saveLedger } from "../../domain/payments/ledger.store.ts";
import { failPayment } from "../../domain/payments/pending.ts";
import { StripeProblem } from "../../domain/payments/stripe-problem.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import { stripeCustomerOf } from "../api/payments/stripe-customer.ts";
import { commitDecided } from "../kit/background.ts";
import { consumer } from "../kit/consumer.ts";
import type { Deps } from "../kit/deps.ts";
import { Refused } from "../kit/refused.ts";
import { ledgerContextOf } from "../webhooks/stripe/work.ts";
import { mayBeForgotten } from "./stripe-memory.ts";

/**
 * Charges the saved method of a payment that waits for it. What became of it, also a decline, is
 * told by webhook; only what Stripe won't even try is settled here.
 */
export const chargePendingMethod = consumer({
  name: "payment-pending-charge-method",
  on: ["payment.pending"],
  run: async (deps, { agency, subject }) => {
    if (!agency) return;
    const tenant = await deps.tenant(agency);
    const intent = await loadIntent(tenant, subject);
    if (!intent?.method || intent.status !== "open") return;
    try {
      await charge(deps, tenant, { intent, method: intent.method });
    } catch (error) {
      if (!(error instanceof StripeProblem) || error.kind === "unavailable") throw error;
      if (error.kind !== "declined") await giveUp(deps, tenant, { id: intent.id, error });
    }
  },
});

async function charge(
  deps: Deps,
  tenant: Tenant,
  { intent, method }: { readonly intent: Intent; readonly method: string },
): Promise<void> {
  const { id, account, amount, currency } = intent;
  const owner = await loadCustomer(tenant, intent.customer);
  const customer = owner ? stripeCustomerOf(owner, account) : null;
  if (!customer) {
    throw new StripeProblem("refused", "customer_missing", "The account has no such customer.");
  }
  const stripe = await deps.stripe();
  const metadata = { intent: id, agency: tenant.agency };
  if (mayBeForgotten(intent.createdAt, deps.now())) {
    const sought = { customer, since: intent.createdAt, metadata: { intent: id } };
    if (await stripe.findCharge({ account }, sought)) return;
  }
  const start = { amount, currency, customer, method, metadata, description: wordsFor(intent) };
  await stripe.charge({ account, key: id }, start);
}

function wordsFor(intent: Intent): string {
  const names = intent.for.map(({ name }) => name);
  const ahead = aheadOf(intent) > 0 ? ["Payment in advance"] : [];
  return [...names, ...ahead].join(", ").slice(0, 500);
}

async function giveUp(
  deps: Deps,
  tenant: Tenant,
  { id, error }: { readonly id: string; readonly error: StripeProblem },
): Promise<void> {
  deps.log.warn("Stripe refused a charge", { payment: id, code: error.code });
  await commitDecided(deps, tenant, async () => {
    const intent = await loadIntent(tenant, id);
    if (intent?.status !== "open") return [];
    const books = await loadBooks(tenant, {
      customer: intent.customer,
      invoices: intent.for.map(({ invoice }) => invoice),
      payments: [id],
    });
    const [payment] = books.payments;
    if (payment?.status !== "Pending") return [];
    const { amount, method, reference, receivedAt, stripe } = payment;
    const money = moneyOf(
      intent,
      { amount, method, reference, receivedAt, stripe },
      books.invoices,
    );
    const context = await ledgerContextOf({ deps, tenant });
    const decided = failPayment(books, { ...money, failure: error.code }, context);
    if (!decided.ok) throw new Refused(decided);
    const failed = changedIntent(intent, { status: "failed" }, context.now);
    return [saveIntent(tenant, failed), ...saveLedger(tenant, decided.changes)];
  });
}
