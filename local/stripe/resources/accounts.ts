import type Stripe from "stripe";
import type * as z from "zod";
import { type Endpoint, endpoint } from "../kit/endpoint.ts";
import { invalid, missing } from "../kit/failure.ts";
import { isCreatedIn, pageOf } from "../kit/list.ts";
import {
  boolean,
  createdRange,
  type Known,
  mergeMetadata,
  metadata,
  object,
  oneOf,
  paging,
  params,
  text,
  webAddress,
} from "../kit/params.ts";
import { platform, type World } from "../kit/world.ts";
import { newAccount } from "../objects/account.ts";

const capability = object({ requested: boolean().optional() }).optional();
const profile = object({
  name: text().optional(),
  url: webAddress().optional(),
  mcc: text(4).optional(),
  product_description: text().optional(),
  support_email: text().optional(),
});

const createParams = params({
  type: oneOf(["standard", "express", "custom"]).optional(),
  email: text().optional(),
  country: text(2).optional(),
  default_currency: text(3).optional(),
  business_profile: profile.optional(),
  capabilities: object({
    card_payments: capability,
    transfers: capability,
    us_bank_account_ach_payments: capability,
  }).optional(),
  metadata: metadata().optional(),
} satisfies Known<Stripe.AccountCreateParams>);

const updateParams = params({
  email: text().optional(),
  default_currency: text(3).optional(),
  business_profile: profile.optional(),
  metadata: metadata().optional(),
} satisfies Known<Stripe.AccountUpdateParams>);

const listParams = params({
  ...paging,
  created: createdRange().optional(),
} satisfies Known<Stripe.AccountListParams>);

/** Connected accounts are the platform's; each keeps its own customers, charges and so on. */
export const accountEndpoints: Endpoint[] = [
  endpoint({ method: "post", path: "/v1/accounts", params: createParams, run: createAccount }),
  endpoint({
    method: "get",
    path: "/v1/accounts",
    params: listParams,
    run(world, { created, ...page }) {
      const accounts = world.at(platform).list("account");
      const matching = accounts.filter((account) => isCreatedIn(created, account.created ?? 0));
      return pageOf(matching, page, "/v1/accounts");
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/account",
    params: params({}),
    run: (world) => ownAccount(world),
  }),
  endpoint({
    method: "get",
    path: "/v1/accounts/:id",
    params: params({}),
    run: (world, _params, { id }) => needAccount(world, id),
  }),
  endpoint({
    method: "post",
    path: "/v1/accounts/:id",
    params: updateParams,
    run: (world, change, { id }) => updateAccount(world, needAccount(world, id), change),
  }),
];

function createAccount(world: World, given: z.output<typeof createParams>): Stripe.Account {
  if (given.type !== undefined && given.type !== "standard") {
    throw invalid("The stand-in makes standard accounts only.", { param: "type" });
  }
  const country = given.country ?? "US";
  const account = newAccount({
    id: world.newId("acct", 16),
    createdS: world.nowS,
    email: given.email ?? null,
    country,
    currency: given.default_currency ?? "usd",
    name: given.business_profile?.name ?? null,
    url: given.business_profile?.url ?? null,
    metadata: mergeMetadata({}, given.metadata),
    isReady: false,
  });
  return world.at(platform).put("account", account.id, account);
}

/** An account that was never ours, or no longer is, is not told from one that doesn't exist. */
export function needAccount(world: World, id: string): Stripe.Account {
  const owner = world.at(platform);
  const isGone = owner.find("deauthorized", id) !== undefined;
  if (isGone || (world.account !== platform && world.account !== id)) throw missing("account", id);
  return owner.need("account", id);
}

function ownAccount(world: World): Stripe.Account {
  if (world.account !== platform) return needAccount(world, world.account);
  return newAccount({
    id: platform,
    createdS: world.nowS,
    email: null,
    country: "US",
    currency: "usd",
    name: "Platform",
    url: null,
    metadata: {},
    isReady: true,
  });
}

function updateAccount(
  world: World,
  account: Stripe.Account,
  change: z.output<typeof updateParams>,
): Stripe.Account {
  const next = {
    ...account,
    email: change.email ?? account.email,
    default_currency: change.default_currency ?? account.default_currency ?? "usd",
    business_profile: { ...account.business_profile, ...change.business_profile },
    metadata: mergeMetadata(account.metadata ?? {}, change.metadata),
  } as Stripe.Account;
  world.at(platform).put("account", account.id, next);
  world.at(account.id).emit("account.updated", next);
  return next;
}
