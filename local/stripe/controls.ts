import type Stripe from "stripe";
import { invalid } from "./kit/failure.ts";
import type { ChargeOverride, WebhookSettings } from "./kit/kinds.ts";
import { defaultControls, type Machine, openWorld, platform, type World } from "./kit/world.ts";
import { closeDispute, type DisputeEnd, isOpen, openDispute } from "./payments/disputes.ts";
import { makeRefund } from "./payments/refunds.ts";
import { chargeOfIntent } from "./resources/refunds.ts";

/** What only Stripe's own side does: banks, its dashboard, the network. */
export interface StripeControl {
  /** What is asked for in this work happens whole, or not at all. */
  together(work: () => void): void;
  /** The next attempt at any charge ends so, whatever the card; several calls queue up. */
  nextCharge(kind: ChargeOverride): void;
  /** The next refund is taken back by the bank a day later. */
  failNextRefund(): void;
  /** Stays until changed; what isn't named returns to its default. */
  webhooks(settings: Partial<WebhookSettings>): void;
  /**
   * Opens a dispute, closes the open one with `outcome`, or does both. Amounts are in Stripe's unit.
   * An inquiry only asks and moves no money.
   */
  dispute(dispute: {
    paymentIntent: string;
    amount?: number;
    outcome?: DisputeEnd | undefined;
    inquiry?: boolean;
  }): Stripe.Dispute;
  /** As Stripe's dashboard does. */
  refund(refund: { paymentIntent: string; amount?: number }): Stripe.Refund;
  /** A bank replaced the card. */
  updateCard(change: { paymentMethod: string; expMonth: number; expYear: number }): void;
  /** The account's owner disconnects the platform in their own dashboard. */
  deauthorize(account: string): void;
}

export function createControl(machine: Machine): StripeControl {
  const worldOf = (account: string): World => {
    const request = { id: null, idempotency_key: null };
    return openWorld(machine, { account, baseUrl: "", request });
  };
  const holderOf = (kind: "payment_intent" | "payment_method", id: string): World => {
    const { store } = machine;
    const account = store.accounts().find((one) => store.get(one, kind, id) !== undefined);
    return worldOf(account ?? platform);
  };
  const change = (work: (world: World) => void) =>
    machine.store.transact(() => work(worldOf(platform)));
  return {
    together: (work) => machine.store.transact(work),
    nextCharge: (kind) =>
      change((world) => {
        const controls = world.controls();
        world.setControls({ ...controls, nextCharges: [...controls.nextCharges, kind] });
      }),
    failNextRefund: () =>
      change((world) => {
        const controls = world.controls();
        world.setControls({ ...controls, refundsToFail: controls.refundsToFail + 1 });
      }),
    webhooks: (settings) =>
      change((world) => {
        const webhooks = { ...defaultControls.webhooks, ...withoutUndefined(settings) };
        world.setControls({ ...world.controls(), webhooks });
      }),
    dispute: (wanted) =>
      machine.store.transact(() =>
        dispute(holderOf("payment_intent", wanted.paymentIntent), wanted),
      ),
    refund: (wanted) =>
      machine.store.transact(() => {
        const world = holderOf("payment_intent", wanted.paymentIntent);
        const charge = chargeOfIntent(world, wanted.paymentIntent);
        return makeRefund(world, charge, { amount: wanted.amount, reason: null, metadata: {} });
      }),
    updateCard: (wanted) =>
      machine.store.transact(() =>
        updateCard(holderOf("payment_method", wanted.paymentMethod), wanted),
      ),
    deauthorize: (account) => machine.store.transact(() => deauthorize(worldOf(platform), account)),
  };
}

function withoutUndefined<T extends object>(given: T): Partial<T> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}

function dispute(world: World, wanted: Parameters<StripeControl["dispute"]>[0]): Stripe.Dispute {
  const charge = chargeOfIntent(world, wanted.paymentIntent);
  const open = world.list("dispute").find((one) => one.charge === charge.id && isOpen(one));
  const amount = wanted.amount ?? charge.amount - charge.amount_refunded;
  const current =
    open ?? openDispute(world, charge, { amount, isInquiry: wanted.inquiry ?? false });
  return wanted.outcome === undefined ? current : closeDispute(world, current, wanted.outcome);
}

function updateCard(world: World, wanted: Parameters<StripeControl["updateCard"]>[0]): void {
  const method = world.need("payment_method", wanted.paymentMethod);
  if (method.card === undefined) throw invalid("Only cards are replaced.");
  const before = { exp_month: method.card.exp_month, exp_year: method.card.exp_year };
  const card = { ...method.card, exp_month: wanted.expMonth, exp_year: wanted.expYear };
  const next: Stripe.PaymentMethod = { ...method, card };
  world.put("payment_method", method.id, next);
  world.emit("payment_method.automatically_updated", next, { card: before });
}

function deauthorize(world: World, account: string): void {
  world.need("account", account);
  world.put("deauthorized", account, { at: world.now });
  const application = { id: "ca_drawdown", object: "application", name: "Drawdown" };
  world.at(account).emit("account.application.deauthorized", application);
}
