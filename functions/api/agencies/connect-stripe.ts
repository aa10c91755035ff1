import { saveAgency } from "../../../domain/agencies/agency.store.ts";
import type { Agency } from "../../../domain/agencies/agency.ts";
import {
  removeStripeAccount,
  saveStripeAccount,
} from "../../../domain/payments/stripe-account.store.ts";
import type { StripeAccount } from "../../../domain/payments/stripe-accounts.gateway.ts";
import { eventOf } from "../../kit/event-record.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { orRefusedByStripe } from "../payments/stripe-account.ts";
import { stripeRoutes } from "./stripe-routes.ts";

/**
 * Where the agency's owner enters what Stripe wants to know. The account is made once; asked again, the
 * same account's onboarding goes on. One that was taken from us without our knowing is replaced.
 */
export const connectStripe = operation(stripeRoutes.connectStripe, async (call) => {
  call.body();
  const agency = await call.agency();
  const known = await stillOurs(call, agency);
  const account = known ?? (await orRefusedByStripe(() => makeAccount(call, agency)));
  const url = await orRefusedByStripe(() => linkTo(call, account.account));
  return {
    status: 200,
    body: { url },
    writes: known ? [] : writesFor(call, agency, account),
  };
});

async function stillOurs(
  { deps }: Pick<Call, "deps">,
  { stripe: known }: Agency,
): Promise<StripeAccount | null> {
  if (!known) return null;
  const stripe = await deps.stripe();
  const now = await orRefusedByStripe(() => stripe.account(known.account));
  return now ? known : null;
}

/** The version tells this account from one that was disconnected before. */
async function makeAccount({ deps }: Pick<Call, "deps">, agency: Agency): Promise<StripeAccount> {
  const { id, email, name, version } = agency;
  const stripe = await deps.stripe();
  return stripe.createAccount(`connect-${id}-${version}`, {
    email,
    name,
    metadata: { agency: id },
  });
}

async function linkTo({ deps, event }: Pick<Call, "deps" | "event">, account: string) {
  const stripe = await deps.stripe();
  const page = `${deps.config.publicUrl}/app/settings/payments`;
  return stripe.accountLink(`link-${event.requestContext.requestId}`, {
    account,
    refreshUrl: `${page}?stripe=again`,
    returnUrl: `${page}?stripe=done`,
  });
}

function writesFor(call: Call, agency: Agency, made: StripeAccount) {
  const { account } = made;
  const gone = agency.stripe?.account;
  const { id: subject } = agency;
  const next = {
    ...agency,
    stripe: made,
    updatedAt: call.now,
    version: agency.version + 1,
  };
  return [
    saveAgency(call.tenant, next),
    ...(gone ? removeStripeAccount(call.deps.platform, gone) : []),
    ...saveStripeAccount(call.deps.platform, { account, agency: subject }),
    ...(gone
      ? [eventOf(call, { type: "agency.stripe-disconnected", subject, data: { account: gone } })]
      : []),
    eventOf(call, { type: "agency.stripe-connected", subject, data: { account } }),
  ];
}
