import {
  listStripeAccounts,
  loadAgencyIdByAccount,
} from "../../domain/payments/stripe-account.store.ts";
import type { ListedEvent } from "../../domain/payments/stripe-accounts.gateway.ts";
import { missingStripeEvents, saveStripeEvent } from "../../domain/payments/stripe-event.store.ts";
import { isHandled, stripeEventSchema } from "../../domain/payments/stripe-objects.ts";
import { StripeProblem } from "../../domain/payments/stripe-problem.ts";
import { addDuration } from "../../domain/shared/calendar.ts";
import { commit, WriteRejected } from "../kit/commit.ts";
import type { Deps } from "../kit/deps.ts";
import { handleAccount } from "../webhooks/stripe/account.ts";

/** As long as Stripe itself tries to deliver an event. */
const lookBack = "-P3D";

export interface Reconciled {
  readonly accounts: number;
  /** Events that no webhook brought. */
  readonly missed: number;
}

/**
 * Stores what webhooks missed; a stored event is published and handled like any other, by handlers
 * that ask Stripe how things stand now. So a lost webhook costs time, never money.
 */
export const build = (deps: Deps) => async (): Promise<Reconciled> => {
  const accounts = await listStripeAccounts(deps.platform);
  let missed = 0;
  for (const account of accounts) {
    try {
      missed += await reconcile(deps, account);
    } catch (error) {
      if (!(error instanceof StripeProblem)) throw error;
      deps.log.error("an account could not be reconciled", { account, code: error.code });
      if (error.kind === "no-access") await check(deps, account);
    }
  }
  return { accounts: accounts.length, missed };
};

async function reconcile(deps: Deps, account: string): Promise<number> {
  const stripe = await deps.stripe();
  const since = addDuration(deps.now(), lookBack);
  const events = (await stripe.listEvents(account, since)).filter((event) => concerns(deps, event));
  const missing = new Set(
    await missingStripeEvents(
      deps.platform,
      events.map(({ id }) => id),
    ),
  );
  const missed = events.filter(({ id }) => missing.has(id));
  for (const event of missed) await store(deps, event);
  if (missed.length > 0) {
    deps.log.warn("webhooks were missed", { account, events: missed.length });
  }
  return missed.length;
}

const concerns = ({ config }: Deps, { type, livemode }: ListedEvent): boolean =>
  isHandled(type) && (livemode || !config.isProduction);

async function store(deps: Deps, { payload }: ListedEvent): Promise<void> {
  const event = stripeEventSchema.parse(JSON.parse(payload));
  try {
    await commit(deps.platform, [saveStripeEvent(deps.platform, event, deps.now())]);
  } catch (error) {
    // Its webhook came in this very moment.
    if (!(error instanceof WriteRejected)) throw error;
  }
}

/** The event that took our access away may be among those that were missed. */
async function check(deps: Deps, account: string): Promise<void> {
  const agency = await loadAgencyIdByAccount(deps.platform, account);
  if (!agency) return;
  const [tenant, stripe] = await Promise.all([deps.tenant(agency), deps.stripe()]);
  await handleAccount({ deps, tenant, stripe, account });
}
