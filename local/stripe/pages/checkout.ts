import type { Context, Hono } from "hono";
import type Stripe from "stripe";
import { spokenAmount } from "../kit/amounts.ts";
import { StripeFailure } from "../kit/failure.ts";
import { type Machine, openWorld, platform, type World } from "../kit/world.ts";
import { merchantName } from "../objects/account.ts";
import { answerAuthentication, isAsking, type Step, submitCheckout } from "../payments/checkout.ts";
import { authenticationPage } from "./authentication-page.ts";
import { checkoutPage } from "./checkout-page.ts";
import { notice } from "./layout.ts";

interface Opened {
  world: World;
  session: Stripe.Checkout.Session;
}

/** The pages of open checkout sessions: `/pay/<id>` and `/setup/<id>`. */
export function mountCheckout(app: Hono, machine: Machine): void {
  for (const path of ["/pay/:id", "/setup/:id"] as const) {
    app.get(path, (context) => show(context, openSession(machine, context.req.param("id"))));
    app.post(path, async (context) => {
      const form = await context.req.parseBody();
      const typed = (name: string) => (typeof form[name] === "string" ? form[name] : "");
      return submit(context, machine, typed);
    });
  }
}

function openSession(machine: Machine, id: string): Opened | undefined {
  const account = machine.store
    .accounts()
    .find((one) => machine.store.get(one, "checkout_session", id) !== undefined);
  if (account === undefined) return undefined;
  const baseUrl = machine.store.get(account, "session_secret", id)?.baseUrl ?? "";
  const request = { id: null, idempotency_key: null };
  const world = openWorld(machine, { account, baseUrl, request });
  return { world, session: world.need("checkout_session", id) };
}

function show(context: Context, opened: Opened | undefined) {
  const closed = closedPage(context, opened, 200);
  if (closed !== undefined || opened === undefined) return closed ?? context.notFound();
  if (isAsking(opened.world, opened.session)) return context.html(bankPage(opened));
  return context.html(form(opened, { error: null, name: "" }));
}

/** A session that can't be paid (any more) says so. */
function closedPage(context: Context, opened: Opened | undefined, completeStatus: 200 | 409) {
  if (opened === undefined) {
    return context.html(notice("No such page", "This checkout link is not known."), 404);
  }
  const { session, world } = opened;
  if (session.status === "complete") {
    const done = session.mode === "setup" ? "already saved" : "already paid";
    const text = `This was ${done}. You can close this page.`;
    return context.html(notice(`It is ${done}`, text), completeStatus);
  }
  if (session.status === "expired" || session.expires_at <= world.nowS) {
    const text = "You were not charged. Go back and start again to get a new page.";
    return context.html(notice("This page has expired", text), 410);
  }
  return undefined;
}

function submit(context: Context, machine: Machine, typed: (name: string) => string) {
  const id = context.req.param("id") ?? "";
  const { store } = machine;
  try {
    return store.transact(() => {
      const opened = openSession(machine, id);
      const closed = closedPage(context, opened, 409);
      if (closed !== undefined || opened === undefined) return closed ?? context.notFound();
      const step = advance(opened, typed);
      if (step.is === "done") return context.redirect(step.location, 303);
      return context.html(bankPage(opened));
    });
  } catch (error) {
    const opened = openSession(machine, id);
    if (!(error instanceof StripeFailure) || opened === undefined) throw error;
    return context.html(form(opened, { error: error.message, name: typed("name") }), 402);
  }
}

function advance({ world, session }: Opened, typed: (name: string) => string): Step {
  const answer = typed("authentication");
  if (answer !== "" && isAsking(world, session)) {
    return answerAuthentication(world, session, answer === "complete");
  }
  return submitCheckout(world, session, {
    number: typed("number"),
    exp: typed("exp"),
    cvc: typed("cvc"),
    name: typed("name"),
    email: typed("email"),
    save: typed("save") === "true",
  });
}

function merchantOf(world: World): string {
  return merchantName(world.at(platform).find("account", world.account));
}

function form({ world, session }: Opened, state: { error: string | null; name: string }) {
  const { lineItems, intentData } = world.need("session_secret", session.id);
  const customer = world.find("customer", String(session.customer));
  return checkoutPage({
    session,
    merchant: merchantOf(world),
    lineItems,
    description: intentData.description,
    customerEmail: session.customer_email ?? customer?.email ?? null,
    ...state,
  });
}

function bankPage({ world, session }: Opened) {
  const what =
    session.mode === "setup"
      ? "saving your card"
      : `a payment of ${spokenAmount(session.amount_total ?? 0, session.currency ?? "usd")}`;
  return authenticationPage(merchantOf(world), what);
}
