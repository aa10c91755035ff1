import { loadAgency, saveAgency } from "../../../domain/agencies/agency.store.ts";
import type { Agency } from "../../../domain/agencies/agency.ts";
import { removeStripeAccount } from "../../../domain/payments/stripe-account.store.ts";
import type { StripeAccount } from "../../../domain/payments/stripe-accounts.gateway.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { commitDecided } from "../../kit/background.ts";
import { reportOf, type StripeWork } from "./work.ts";

type AccountWork = Omit<StripeWork, "event">;

/** account.updated and .deauthorized: what Stripe says of the account now, or that it is gone. */
export async function handleAccount(work: AccountWork): Promise<void> {
  const now = await work.stripe.account(work.account);
  // The account's key is no agency's, so the write goes with the platform's own rights.
  const platform = { ...work.deps.platform, agency: work.tenant.agency };
  await commitDecided(work.deps, platform, async () => {
    const agency = await loadAgency(work.tenant);
    if (agency.stripe?.account !== work.account) return [];
    return now ? follow(work, agency, now) : forget(work, agency);
  });
}

function follow(work: AccountWork, agency: Agency, now: StripeAccount): GuardedWrite[] {
  const { account, chargesEnabled, detailsSubmitted } = now;
  const { stripe } = agency;
  const isKnown =
    stripe?.chargesEnabled === chargesEnabled && stripe.detailsSubmitted === detailsSubmitted;
  if (isKnown) return [];
  const data = { account, chargesEnabled, detailsSubmitted };
  return [
    saveAgency(work.tenant, changed(work, agency, now)),
    reportOf(work, { type: "agency.stripe-changed", subject: agency.id, data }),
  ];
}

function forget(work: AccountWork, agency: Agency): GuardedWrite[] {
  const { account } = work;
  return [
    saveAgency(work.tenant, changed(work, agency, null)),
    ...removeStripeAccount(work.deps.platform, account),
    reportOf(work, {
      type: "agency.stripe-disconnected",
      subject: agency.id,
      data: { account },
    }),
  ];
}

const changed = ({ deps }: AccountWork, agency: Agency, stripe: Agency["stripe"]): Agency => ({
  ...agency,
  stripe,
  updatedAt: deps.now(),
  version: agency.version + 1,
});
