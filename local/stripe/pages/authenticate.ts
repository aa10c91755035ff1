import type { Context, Hono } from "hono";
import type Stripe from "stripe";
import { spokenAmount } from "../kit/amounts.ts";
import { StripeFailure } from "../kit/failure.ts";
import { type Machine, openWorld, platform, type World } from "../kit/world.ts";
import { merchantName } from "../objects/account.ts";
import {
  answerPaymentAuthentication,
  answerSetupAuthentication,
} from "../payments/authenticate.ts";
import { authenticationPage } from "./authentication-page.ts";
import { notice } from "./layout.ts";

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

/** The bank's page of an intent that was confirmed over the API with a `return_url`. */
export function mountAuthentication(app: Hono, machine: Machine): void {
  app.get("/authenticate/:id", (context) => {
    const opened = openIntent(machine, context.req.param("id"));
    if (opened?.intent.status !== "requires_action") return nothingToDo(context);
    const { world, intent } = opened;
    const merchant = merchantName(world.at(platform).find("account", world.account));
    const what =
      intent.object === "payment_intent"
        ? `a payment of ${spokenAmount(intent.amount, intent.currency)}`
        : "saving your card";
    return context.html(authenticationPage(merchant, what));
  });
  app.post("/authenticate/:id", async (context) => {
    const { authentication } = await context.req.parseBody();
    return answer(context, machine, authentication === "complete");
  });
}

function nothingToDo(context: Context) {
  return context.html(notice("Nothing to confirm", "You can close this page."), 410);
}

function openIntent(machine: Machine, id: string): { world: World; intent: Intent } | undefined {
  const { store } = machine;
  const find = (account: string) =>
    store.get(account, "payment_intent", id) ?? store.get(account, "setup_intent", id);
  const account = store.accounts().find((one) => find(one) !== undefined);
  const intent = account === undefined ? undefined : find(account);
  if (account === undefined || intent === undefined) return undefined;
  const request = { id: null, idempotency_key: null };
  return { world: openWorld(machine, { account, baseUrl: "", request }), intent };
}

function answer(context: Context, machine: Machine, isComplete: boolean) {
  const opened = openIntent(machine, context.req.param("id") ?? "");
  if (opened?.intent.status !== "requires_action") return nothingToDo(context);
  const { world, intent } = opened;
  const { returnUrl } = world.need("intent_secret", intent.id);
  const isDone = machine.store.transact(() => hasSucceeded(world, intent, isComplete));
  if (returnUrl === null) {
    const title = isDone ? "Confirmed" : "Not confirmed";
    return context.html(notice(title, "You can close this page."), isDone ? 200 : 402);
  }
  const target = new URL(returnUrl);
  target.searchParams.set(intent.object, intent.id);
  target.searchParams.set("redirect_status", isDone ? "succeeded" : "failed");
  return context.redirect(target.href, 303);
}

function hasSucceeded(world: World, intent: Intent, isComplete: boolean): boolean {
  try {
    if (intent.object === "payment_intent") answerPaymentAuthentication(world, intent, isComplete);
    else answerSetupAuthentication(world, intent, isComplete);
    return true;
  } catch (error) {
    if (error instanceof StripeFailure && error.keepsChanges) return false;
    throw error;
  }
}
