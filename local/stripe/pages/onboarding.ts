import type { Context, Hono } from "hono";
import { type Machine, openWorld, platform } from "../kit/world.ts";
import { merchantName, readiness } from "../objects/account.ts";
import { notice } from "./layout.ts";
import { onboardingPage } from "./onboarding-page.ts";

/** Where an account link leads; one button makes the account ready to charge. */
export function mountOnboarding(app: Hono, machine: Machine): void {
  app.get("/connect/:token", (context) => {
    const link = machine.store.get(platform, "account_link", context.req.param("token"));
    if (link === undefined) return unknownLink(context);
    if (link.used || link.expiresAt <= machine.now()) return context.redirect(link.refreshUrl, 303);
    const account = machine.store.get(platform, "account", link.account);
    return context.html(onboardingPage({ id: link.account, name: merchantName(account) }));
  });
  app.post("/connect/:token", (context) => {
    const token = context.req.param("token");
    const link = machine.store.get(platform, "account_link", token);
    if (link === undefined) return unknownLink(context);
    if (link.used || link.expiresAt <= machine.now()) return context.redirect(link.refreshUrl, 303);
    machine.store.transact(() => {
      const request = { id: null, idempotency_key: null };
      const world = openWorld(machine, { account: platform, baseUrl: "", request });
      world.put("account_link", token, { ...link, used: true });
      const before = world.need("account", link.account);
      const ready = { ...before, ...readiness(true, world.nowS) };
      world.put("account", link.account, ready);
      world.at(link.account).emit("account.updated", ready, {
        charges_enabled: before.charges_enabled,
        details_submitted: before.details_submitted,
      });
    });
    return context.redirect(link.returnUrl, 303);
  });
}

function unknownLink(context: Context) {
  return context.html(notice("No such page", "This link is not known."), 404);
}
