import type Stripe from "stripe";
import type { World } from "../kit/world.ts";
import { cancelIntent, cancelSetup } from "./cancel.ts";

/** Nobody can pay any more, so what was begun on the page is canceled with it. */
export function expireSession(
  world: World,
  session: Stripe.Checkout.Session,
): Stripe.Checkout.Session {
  if (session.status !== "open") return session;
  const expired: Stripe.Checkout.Session = { ...session, status: "expired", url: null };
  world.put("checkout_session", session.id, expired);
  if (session.payment_intent !== null) {
    cancelIntent(world, world.need("payment_intent", String(session.payment_intent)), null);
  }
  if (session.setup_intent !== null) {
    cancelSetup(world, world.need("setup_intent", String(session.setup_intent)), null);
  }
  world.emit("checkout.session.expired", expired);
  return expired;
}
