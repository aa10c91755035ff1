import type Stripe from "stripe";
import { asked, at } from "./stripe-client.gateway.ts";
import type { Metadata } from "./stripe-payments.gateway.ts";
import { StripeProblem } from "./stripe-problem.ts";

export interface StripeAccount {
  readonly account: string;
  readonly chargesEnabled: boolean;
  readonly detailsSubmitted: boolean;
}

/** An event as Stripe lists it; its text is what the webhook would have brought. */
export interface ListedEvent {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly livemode: boolean;
  readonly payload: string;
}

const pageMax = 100;

export function accountCalls(stripe: Stripe) {
  return {
    createAccount: (
      key: string,
      given: { readonly email: string; readonly name: string; readonly metadata: Metadata },
    ): Promise<StripeAccount> =>
      asked(async () => {
        const { email, name, metadata } = given;
        const params = { type: "standard", email, business_profile: { name }, metadata } as const;
        return accountOf(await stripe.accounts.create(params, { idempotencyKey: key }));
      }),
    /** Where the agency's owner goes on with Stripe's onboarding. */
    accountLink: (
      key: string,
      given: {
        readonly account: string;
        readonly refreshUrl: string;
        readonly returnUrl: string;
      },
    ): Promise<string> =>
      asked(async () => {
        const link = await stripe.accountLinks.create(
          {
            account: given.account,
            refresh_url: given.refreshUrl,
            return_url: given.returnUrl,
            type: "account_onboarding",
          },
          { idempotencyKey: key },
        );
        return link.url;
      }),
    /** Undefined when the account is not ours any more. */
    account: (account: string): Promise<StripeAccount | undefined> =>
      asked(async () => accountOf(await stripe.accounts.retrieve(account))).catch((error) => {
        if (isGone(error)) return undefined;
        throw error;
      }),
    /** An account's events since then, oldest first. */
    async listEvents(account: string, since: string): Promise<ListedEvent[]> {
      const gte = Math.floor(Date.parse(since) / 1_000);
      return asked(async () => {
        const events: ListedEvent[] = [];
        const listed = stripe.events.list({ created: { gte }, limit: pageMax }, at({ account }));
        for await (const event of listed) events.push(listedOf(event, account));
        return events.reverse();
      });
    },
  };
}

const isGone = (error: unknown): boolean =>
  error instanceof StripeProblem &&
  (error.kind === "no-access" || error.code === "resource_missing");

function accountOf(account: Stripe.Account): StripeAccount {
  return {
    account: account.id,
    chargesEnabled: account.charges_enabled ?? false,
    detailsSubmitted: account.details_submitted ?? false,
  };
}

/** Listed events don't name the account that they were asked of; delivered ones do. */
function listedOf(event: Stripe.Event, account: string): ListedEvent {
  const { id, type, created, livemode } = event;
  return { id, type, created, livemode, payload: JSON.stringify({ ...event, account }) };
}
