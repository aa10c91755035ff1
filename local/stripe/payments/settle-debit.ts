import type Stripe from "stripe";
import type { Task } from "../kit/kinds.ts";
import type { World } from "../kit/world.ts";
import { booking, outcomeOf } from "../objects/charge.ts";
import { failPayment, finishPayment } from "./confirm.ts";
import { type DeclineName, declines } from "./declines.ts";

/** The bank's answer to a debit, days after it was asked. */
export function settleDebit(world: World, task: Task & { kind: "settle-debit" }): void {
  const intent = world.need("payment_intent", task.paymentIntent);
  if (intent.status !== "processing") return;
  const charge = world.need("charge", String(intent.latest_charge));
  const method = world.need("payment_method", String(intent.payment_method));
  const session = world.list("checkout_session").find((one) => one.payment_intent === intent.id);
  const why = task.decline === null ? null : declines[task.decline as DeclineName];
  if (why === null) {
    const settled = { ...charge, ...outcomeOf(intent, { is: "succeeded" }) };
    const paid = world.put("charge", charge.id, booking(world, settled, method.type));
    world.emit("charge.succeeded", paid);
    finishPayment(world, intent, { charge: paid, method });
    announceOnSession(world, session, "paid");
    return;
  }
  const failed = { ...charge, ...outcomeOf(intent, { is: "failed", why }) };
  world.put("charge", charge.id, failed);
  world.emit("charge.failed", failed);
  failPayment(world, intent, { charge: failed, why, method });
  announceOnSession(world, session, "unpaid");
}

function announceOnSession(
  world: World,
  session: Stripe.Checkout.Session | undefined,
  status: "paid" | "unpaid",
): void {
  if (session === undefined) return;
  const next: Stripe.Checkout.Session = { ...session, payment_status: status };
  world.put("checkout_session", session.id, next);
  const isPaid = status === "paid";
  world.emit(
    isPaid ? "checkout.session.async_payment_succeeded" : "checkout.session.async_payment_failed",
    next,
  );
}
