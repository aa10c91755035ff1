import type Stripe from "stripe";
import { type Endpoint, endpoint } from "../kit/endpoint.ts";
import { laterBy, seconds } from "../kit/ids.ts";
import { type Known, oneOf, params, text, webAddress } from "../kit/params.ts";
import { platform } from "../kit/world.ts";
import { needAccount } from "./accounts.ts";

const createParams = params({
  account: text(),
  type: oneOf(["account_onboarding", "account_update"]),
  refresh_url: webAddress(),
  return_url: webAddress(),
} satisfies Known<Stripe.AccountLinkCreateParams>);

/** Links are for one use and a few minutes, as Stripe's. */
const linkLifeS = 5 * 60;

export const accountLinkEndpoints: Endpoint[] = [
  endpoint({
    method: "post",
    path: "/v1/account_links",
    params: createParams,
    run(world, given): Stripe.AccountLink {
      const account = needAccount(world, given.account);
      const token = world.newId("s", 32).slice(2);
      const expiresAt = laterBy(world.now, linkLifeS);
      world.at(platform).put("account_link", token, {
        account: account.id,
        refreshUrl: given.refresh_url,
        returnUrl: given.return_url,
        expiresAt,
        used: false,
      });
      return {
        object: "account_link",
        created: world.nowS,
        expires_at: seconds(expiresAt),
        url: `${world.baseUrl}/connect/${token}`,
      };
    },
  }),
];
