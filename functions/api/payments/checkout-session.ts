import { saveInvoice } from "../../../domain/billing/invoice.store.ts";
import type { Invoice } from "../../../domain/billing/invoice.ts";
import { loadCustomer } from "../../../domain/customers/customer.store.ts";
import { loadUsedUntil, markUsed, useSpans } from "../../../domain/customers/use.store.ts";
import { loadIntent, loadIntents, saveIntent } from "../../../domain/payments/intent.store.ts";
import {
  aheadOf,
  changedIntent,
  type Intent,
  type IntentStart,
  newIntent,
} from "../../../domain/payments/intent.ts";
import type { CheckoutPage } from "../../../domain/payments/stripe-payments.gateway.ts";
import { newId } from "../../../domain/shared/ids.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { GuardedWrite, Tenant } from "../../../domain/shared/table.store.ts";
import type { Deps } from "../../kit/deps.ts";
import { eventOf } from "../../kit/event-record.ts";
import type { OutsideSteps, Planned } from "../../kit/execute-outside.ts";
import type { Call, Outcome } from "../../kit/operation.ts";
import { orRefuse, Refused } from "../../kit/refused.ts";
import type { Route } from "../../kit/route.ts";
import { orRefusedByStripe, requireStripeAccount } from "./stripe-account.ts";
import { ensureStripeCustomer, stripeCustomerOf } from "./stripe-customer.ts";

export type CheckoutRequest = Omit<IntentStart, "id" | "account" | "method"> & {
  readonly returns: NonNullable<Intent["returns"]>;
};

/**
 * Stripe's hosted page, to pay documents, to pay ahead or to save a method, for the agency's own
 * site and for the portal alike. `read` loads and checks what the caller asked for.
 */
export const checkoutSteps = <R extends Route>(
  read: (call: Call<R>) => Promise<CheckoutRequest>,
): OutsideSteps<R, CheckoutPage> => ({
  plan: async (call) => planCheckout(call as unknown as Call, await read(call)),
  ask: async ({ deps, tenant }, subject) => {
    const intent = await requireIntent(tenant, subject);
    return intent.session ?? orRefusedByStripe(() => openPage(deps, tenant, intent));
  },
  finish: (call, subject, page) => keepPage(call as unknown as Call, subject, page),
});

/** One open page per document: a new one puts itself in the place of the old. */
async function planCheckout(call: Call, request: CheckoutRequest): Promise<Planned> {
  const { tenant, now } = call;
  const account = requireStripeAccount(await call.agency());
  const id = newId("payment", Date.parse(now), call.deps.random(10));
  const { intent } = orRefuse(newIntent({ ...request, id, account, method: null }, now));
  const open = request.invoices.flatMap(({ checkout }) => checkout ?? []);
  const before = (await loadIntents(tenant, [...new Set(open)])).filter(isStillOpen);
  const [first] = request.invoices;
  return {
    subject: id,
    writes: [
      ...(first ? [] : await keptFor(call, request.customer)),
      saveIntent(tenant, intent),
      ...before.map((old) => saveIntent(tenant, changedIntent(old, { status: "superseded" }, now))),
      ...request.invoices.map((invoice) => saveInvoice(tenant, withCheckout(invoice, id, now))),
      eventOf(call, {
        type: "checkout.opened",
        subject: first?.id ?? request.customer,
        customer: request.customer,
        data: { payment: id, superseded: before.map((old) => old.id) },
      }),
    ],
  };
}

/** Nothing else may refer to whoever stands on this page. */
async function keptFor({ tenant, now }: Call, customer: string): Promise<GuardedWrite[]> {
  const until = await loadUsedUntil(tenant, customer);
  return markUsed(tenant, { customer, until, span: useSpans.page }, now);
}

const isStillOpen = ({ status }: Intent): boolean => status === "open";

const withCheckout = (invoice: Invoice, checkout: Intent["id"], now: string): Invoice => ({
  ...invoice,
  checkout,
  updatedAt: now,
  version: invoice.version + 1,
});

async function requireIntent(tenant: Tenant, id: string): Promise<Intent> {
  const intent = await loadIntent(tenant, id);
  if (!intent) throw new Error(`there is no intent ${id}`);
  return intent;
}

async function openPage(deps: Deps, tenant: Tenant, intent: Intent): Promise<CheckoutPage> {
  const { account, id, currency, returns } = intent;
  const customer = await loadCustomer(tenant, intent.customer);
  if (!customer) throw new Refused(refuse("customer.not-found", "The customer is gone."));
  if (!returns) throw new Error(`${id} leads nowhere`);
  const isSetup = intent.purpose === "setup";
  const atStripe =
    intent.save || isSetup
      ? await ensureStripeCustomer(deps, tenant, { customer, account })
      : stripeCustomerOf(customer, account);
  const shared = {
    currency,
    metadata: { intent: id, agency: tenant.agency },
    successUrl: returns.success,
    cancelUrl: returns.cancel,
  };
  const stripe = await deps.stripe();
  const place = { account, key: id };
  if (isSetup) return stripe.openSetup(place, { ...shared, customer: atStripe ?? "" });
  return stripe.openCheckout(place, {
    ...shared,
    lines: linesOf(intent),
    customer: atStripe,
    email: customer.billTo.email,
    save: intent.save,
    reference: id,
  });
}

function linesOf(intent: Intent) {
  const ahead = aheadOf(intent);
  const documents = intent.for.map(({ name, amount }) => ({ name, amount }));
  return ahead > 0 ? [...documents, { name: "Payment in advance", amount: ahead }] : documents;
}

async function keepPage(call: Call, subject: string, page: CheckoutPage): Promise<Outcome> {
  const { tenant, now, deps } = call;
  const intent = await requireIntent(tenant, subject);
  if (intent.status === "superseded" || intent.status === "expired") {
    // Whoever replaced it could not know this page, so it has to be closed here.
    const { account } = intent;
    await orRefusedByStripe(async () =>
      (await deps.stripe()).expireCheckout({ account, key: `${intent.id}-expire` }, page.id),
    );
    throw new Refused(refuse("write.conflict", "Another page was opened for the same document."));
  }
  const { url, expiresAt } = page;
  return {
    status: 201,
    body: { url, expiresAt },
    writes: intent.session
      ? []
      : [saveIntent(tenant, changedIntent(intent, { session: page }, now))],
  };
}
