import type { Id } from "../shared/ids.ts";
import {
  type GuardedWrite,
  type Key,
  loadItem,
  type Platform,
  platformKey,
  putAlways,
  queryAll,
  removeItem,
} from "../shared/table.store.ts";

/** Few agencies connect at once, and only the reconciling job reads all of them. */
const listPartition = "X#STRIPE-ACCOUNTS";
const listed = (account: string): Key => ({ pk: listPartition, sk: account });

/** Stripe's events name the account; this says whose it is. */
export function saveStripeAccount(
  platform: Pick<Platform, "table">,
  { account, agency }: { readonly account: string; readonly agency: Id<"agency"> },
): GuardedWrite[] {
  return [
    putAlways(platform, { ...platformKey("STRIPE", account), agency }),
    putAlways(platform, { ...listed(account), agency }),
  ];
}

export const removeStripeAccount = (
  platform: Pick<Platform, "table">,
  account: string,
): GuardedWrite[] => [
  removeItem(platform, platformKey("STRIPE", account)),
  removeItem(platform, listed(account)),
];

export async function loadAgencyIdByAccount(
  platform: Platform,
  account: string,
): Promise<Id<"agency"> | undefined> {
  const item = await loadItem(platform, platformKey("STRIPE", account));
  return item ? (item.agency as Id<"agency">) : undefined;
}

/** Every connected account. */
export async function listStripeAccounts(platform: Platform): Promise<string[]> {
  const items = await queryAll(platform, {
    KeyConditionExpression: "pk = :list",
    ExpressionAttributeValues: { ":list": listPartition },
  });
  return items.map(({ sk }) => String(sk));
}
