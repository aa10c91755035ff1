import { invalid } from "../kit/failure.ts";
import { platform, type World } from "../kit/world.ts";

/** Nothing can be charged on an account before its owner finished onboarding. */
export function checkReady(world: World): void {
  if (world.account === platform) return;
  const account = world.at(platform).need("account", world.account);
  if (account.charges_enabled) return;
  throw invalid("Your account cannot currently make charges: its onboarding is not complete.", {
    code: "capability_not_active",
  });
}
