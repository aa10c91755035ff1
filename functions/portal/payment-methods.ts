import type { SavedMethod } from "../../domain/payments/stripe-methods.gateway.ts";
import { isRefused } from "../../domain/payments/stripe-problem.ts";
import { newId } from "../../domain/shared/ids.ts";
import { methodNotFound, requireMethod, savedMethodsOf } from "../api/payments/charge-method.ts";
import { checkoutSteps } from "../api/payments/checkout-session.ts";
import { orRefusedByStripe, requireStripeAccount } from "../api/payments/stripe-account.ts";
import { stripeCustomerOf } from "../api/payments/stripe-customer.ts";
import { eventOf } from "../kit/event-record.ts";
import { operationOutside } from "../kit/execute-outside.ts";
import { type Call, operation } from "../kit/operation.ts";
import type { Route } from "../kit/route.ts";
import { customerOf, enter } from "./enter.ts";
import { portalUrl } from "./links.ts";
import { portalRoutes } from "./routes.ts";

const warnedMonths = 2;

export const listPaymentMethods = operation(portalRoutes.listPaymentMethods, async (call) => {
  const { agency, customer, today } = await enter(call, "paymentMethods");
  const saved = await savedMethodsOf(call.deps, agency, customer);
  const docs = saved.map((method) => methodView(method, today));
  const sorted = docs.sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
  return { status: 200, body: { docs: sorted, canAdd: agency.stripe?.chargesEnabled ?? false } };
});

/** A card is good through the last day of its month. */
function methodView(method: SavedMethod, today: string) {
  const { id, type, brand, last4, expMonth, expYear, isDefault } = method;
  const [year = 0, month = 0] = today.split("-").map(Number);
  const monthsLeft =
    expYear === null || expMonth === null ? null : expYear * 12 + expMonth - (year * 12 + month);
  return {
    ...{ id, type, brand, last4, expMonth, expYear, isDefault },
    isExpired: monthsLeft !== null && monthsLeft < 0,
    expiresSoon: monthsLeft !== null && monthsLeft >= 0 && monthsLeft < warnedMonths,
  };
}

/** Entered on Stripe's page: card data never touches us. */
export const addPaymentMethod = operationOutside(
  portalRoutes.addPaymentMethod,
  checkoutSteps(async (call) => {
    const { agency, customer } = await enter(call as unknown as Call, "paymentMethods");
    call.body();
    const back = portalUrl(call.deps, agency, "payment-methods");
    return {
      customer: customer.id,
      currency: customer.currency ?? agency.settings.currency,
      invoices: [],
      amount: 0,
      purpose: "setup",
      save: true,
      mayOverpay: false,
      returns: { success: `${back}?saved=1`, cancel: back },
      notes: null,
      prepayment: null,
    };
  }),
);

interface Change {
  readonly account: string;
  /** One effect at Stripe per request: the same choice made again later is another one. */
  readonly key: string;
  readonly customer: string;
  readonly method: string;
}

/** Only the customer's own methods are found. */
const changing = <R extends Route>(
  route: R,
  type: "payment-method.chosen" | "payment-method.removal-asked",
  change: (call: Call<R>, change: Change) => Promise<void>,
) =>
  operationOutside<R, void>(route, {
    plan: async (anyCall) => {
      const call = anyCall as unknown as Call;
      const { agency, customer } = await enter(call, "paymentMethods");
      const { id } = await requireMethod(call.deps, { agency, customer }, call.params.id ?? "");
      call.body();
      return { subject: id, writes: [] };
    },
    ask: async (anyCall, method) => {
      const call = anyCall as unknown as Call;
      const { agency, customer } = await enter(call, "paymentMethods");
      const account = requireStripeAccount(agency);
      const atStripe = stripeCustomerOf(customer, account);
      if (!atStripe) throw new Error(`${customer.id} has a method, but is not at Stripe`);
      const key = newId("request", Date.parse(call.now), call.deps.random(10));
      await orRefusedByStripe(() => change(anyCall, { account, key, customer: atStripe, method }));
    },
    finish: async (anyCall, method) => {
      const call = anyCall as unknown as Call;
      const customer = customerOf(call);
      const event = { type, subject: customer, customer, data: { method } };
      return { status: 204, writes: [eventOf(call, event)] };
    },
  });

export const setDefaultPaymentMethod = changing(
  portalRoutes.setDefaultPaymentMethod,
  "payment-method.chosen",
  async ({ deps }, { account, key, customer, method }) => {
    const stripe = await deps.stripe();
    await stripe.chooseMethod({ account, key }, { customer, method }).catch((error: unknown) => {
      // Removed since it was looked up.
      throw isRefused(error) ? methodNotFound() : error;
    });
  },
);

export const removePaymentMethod = changing(
  portalRoutes.removePaymentMethod,
  "payment-method.removal-asked",
  async ({ deps }, { account, key, method }) => {
    const stripe = await deps.stripe();
    await stripe.removeMethod({ account, key }, method).catch(async (error: unknown) => {
      // An earlier try may have removed it and died before it could tell.
      const isGone = isRefused(error) && !(await stripe.methodNow({ account }, method)).customer;
      if (!isGone) throw error;
    });
  },
);
