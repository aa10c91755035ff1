import type Stripe from "stripe";
import { laterBy } from "../kit/ids.ts";
import type { Delivery } from "../kit/kinds.ts";
import type { Machine } from "../kit/world.ts";
import { signatureHeader } from "./signature.ts";

export type Deliver = (body: string, headers: Record<string, string>) => Promise<number>;

export interface Due {
  account: string;
  id: string;
  delivery: Delivery;
}

const hourS = 3600;
/** Growing, then every 12 hours until three days have passed. */
const retryDelaysS = [5, 30, 120, 600, hourS, 3 * hourS, 6 * hourS, 12 * hourS];
const giveUpAfterS = 72 * hourS;
const answerTimeoutMs = 20_000;

export function postTo(url: string): Deliver {
  return async (body, headers) => {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    await response.body?.cancel();
    return response.status;
  };
}

/** One attempt. Without a 2xx it comes again later, by the system's clock. */
export async function attempt(
  machine: Machine,
  due: Due,
  how: { deliver: Deliver; secret: string },
): Promise<void> {
  const event = machine.store.get(due.account, "event", due.delivery.event);
  if (event === undefined) return forget(machine, due);
  const body = JSON.stringify(event, null, 2);
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    "stripe-signature": signatureHeader(body, how.secret, machine.now()),
  };
  const status = await how.deliver(body, headers).catch(() => 0);
  if (status >= 200 && status < 300) forget(machine, due);
  else postpone(machine, due);
}

function forget(machine: Machine, due: Due): void {
  machine.store.transact(() => {
    machine.store.remove(due.account, "delivery", due.id);
    const event = machine.store.get(due.account, "event", due.delivery.event);
    if (event === undefined) return;
    const value: Stripe.Event = { ...event, pending_webhooks: 0 };
    machine.store.put(due.account, "event", { id: event.id, value });
  });
}

function postpone(machine: Machine, due: Due): void {
  const { delivery, account, id } = due;
  const now = machine.now();
  const firstAttemptAt = delivery.firstAttemptAt ?? now;
  const delayS = retryDelaysS[delivery.attempts] ?? 12 * hourS;
  const at = laterBy(now, delayS);
  // A reset in the meantime forgot it.
  if (machine.store.get(account, "delivery", id) === undefined) return;
  if (at > laterBy(firstAttemptAt, giveUpAfterS)) {
    forget(machine, due);
    return;
  }
  const value = { ...delivery, at, firstAttemptAt, attempts: delivery.attempts + 1 };
  machine.store.transact(() => machine.store.put(account, "delivery", { id, value }));
}
