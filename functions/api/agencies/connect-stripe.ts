import { loadAgency, saveAgency } from "../../../domain/agencies/agency.store.ts";
import { saveStripeAccount } from "../../../domain/payments/stripe-account.store.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { commit } from "../../kit/commit.ts";
import { eventOf } from "../../kit/event-record.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { orRefusedByStripe } from "../payments/stripe-account.ts";
import { stripeRoutes } from "./stripe-routes.ts";

/**
 * The agency's own account at Stripe is made once (the agency's id is the idempotency key, so two calls make
 * one), kept before anybody is sent there, and linked to anew at every call: links of Stripe are short-lived.
 */
export const connectStripe = operation(stripeRoutes.connectStripe, async (call) => {
  call.body();
  const stripe = await call.deps.stripe();
  const account = (await call.agency()).stripe?.account ?? (await makeAccount(call));
  const page = `${call.deps.config.publicUrl}/app`;
  const key = Buffer.from(call.deps.random(16)).toString("hex");
  const url = await orRefusedByStripe(() =>
    stripe.accountLink(`link ${key}`, { account, refreshUrl: page, returnUrl: page }),
  );
  return { status: 200, body: { url } };
});

async function makeAccount(call: Call): Promise<string> {
  const { id: agency, name, email } = await call.agency();
  const stripe = await call.deps.stripe();
  const made = await orRefusedByStripe(() =>
    stripe.createAccount(`connect ${agency}`, { name, email, metadata: { agency } }),
  );
  await commit(call.deps.platform, await connecting(call, made));
  return made.account;
}

async function connecting(
  call: Call,
  made: {
    readonly account: string;
    readonly chargesEnabled: boolean;
    readonly detailsSubmitted: boolean;
  },
): Promise<GuardedWrite[]> {
  const before = await loadAgency(call.tenant);
  if (before.stripe) return [];
  const { id: agency } = before;
  const next = { ...before, stripe: made, updatedAt: call.now, version: before.version + 1 };
  const { account } = made;
  return [
    saveAgency(call.tenant, next),
    ...saveStripeAccount(call.deps.platform, { account, agency }),
    eventOf(call, { type: "agency.stripe-connected", subject: agency, data: { account } }),
  ];
}

export const getStripeAccount = operation(stripeRoutes.getStripeAccount, async (call) => {
  const { stripe } = await call.agency();
  return {
    status: 200,
    body: {
      connected: stripe !== null,
      account: stripe?.account ?? null,
      chargesEnabled: stripe?.chargesEnabled ?? false,
      detailsSubmitted: stripe?.detailsSubmitted ?? false,
    },
  };
});
