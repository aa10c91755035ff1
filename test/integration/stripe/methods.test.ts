import { expect, test } from "vitest";
import { loadCustomer } from "../../../domain/customers/customer.store.ts";
import type { StripeGateway } from "../../../domain/payments/stripe.gateway.ts";
import { StripeProblem } from "../../../domain/payments/stripe-problem.ts";
import { aPortalOf } from "../portal/world.ts";
import { aStripeWorld, type Json, type StripeWorld } from "./world.ts";

async function aSavedMethod(world: StripeWorld) {
  const { person, visitor } = await aPortalOf(world.shell);
  const opened = await visitor.call("POST", "/portal/payment-methods", {});
  expect(await world.pay(opened.body.url)).toBe(303);
  await world.settle();
  const path = `/v1/customers/${person.customer}/payment-methods`;
  const [method] = (await world.get(path)).docs;
  return { customer: person.customer, visitor, path, method: method.id as string };
}

/** As the agency does it in Stripe's dashboard. */
async function atStripe(world: StripeWorld, method: string, path: string): Promise<void> {
  const headers = { authorization: "Bearer sk_test_1", "stripe-account": world.account };
  const url = `http://stripe.test/v1/${path}`;
  const answer = await world.standIn.fetch(new Request(url, { method, headers }));
  expect(answer.status).toBe(200);
}

/** Once told so, the next of these calls comes to nothing, or nobody hears what it came to. */
async function aCuttable(name: "removeMethod" | "chooseMethod", isDone: boolean) {
  const cut = { next: false };
  const around = (gateway: StripeGateway): StripeGateway => {
    const ask = gateway[name] as (...args: unknown[]) => Promise<void>;
    const call = async (...args: unknown[]) => {
      if (!cut.next) return ask(...args);
      cut.next = false;
      if (isDone) await ask(...args);
      throw new StripeProblem("unavailable", "timeout", "nobody answered");
    };
    return { ...gateway, [name]: call };
  };
  return { world: await aStripeWorld({ around }), cut };
}

const sameKey = { "idempotency-key": "again" };

test("a removal whose answer was lost is done when it is asked for again", async () => {
  const { world, cut } = await aCuttable("removeMethod", true);
  const { visitor, path, method } = await aSavedMethod(world);
  cut.next = true;
  const remove = () =>
    visitor.call("DELETE", `/portal/payment-methods/${method}`, undefined, sameKey);
  expect((await remove()).body).toMatchObject({ code: "stripe.unavailable" });
  expect(await remove()).toMatchObject({ status: 204 });
  expect((await world.get(path)).docs).toEqual([]);
  expect(world.shell.errors).toEqual([]);
});

test("a method that went while it was chosen is not there to be chosen", async () => {
  const { world, cut } = await aCuttable("chooseMethod", false);
  const { visitor, method } = await aSavedMethod(world);
  cut.next = true;
  const choose = () =>
    visitor.call("POST", `/portal/payment-methods/${method}/default`, undefined, sameKey);
  expect((await choose()).body).toMatchObject({ code: "stripe.unavailable" });
  await atStripe(world, "POST", `payment_methods/${method}/detach`);
  expect(await choose()).toMatchObject({
    status: 404,
    body: { code: "payment-method.not-found" },
  });
  expect(world.shell.errors).toEqual([]);
});

test("a customer that was deleted at Stripe pays, and is made anew there", async () => {
  const world = await aStripeWorld();
  const { customer, path } = await aSavedMethod(world);
  const known = (await loadCustomer(world.tenant, customer))?.stripe?.customer;
  await atStripe(world, "DELETE", `customers/${known}`);
  // Its event has not come yet.
  expect((await world.get(path)).docs).toEqual([]);
  const invoice = await world.document({ customer, amount: 70 });
  const returns = { successUrl: "https://agency.test/ok", cancelUrl: "https://agency.test/no" };
  const open = { ...returns, save: true };
  const early = await world.call("POST", `/v1/invoices/${invoice.id}/checkout`, open);
  expect(early.body).toMatchObject({ code: "stripe.unavailable" });
  await world.settle({ copies: 2, shuffled: true });
  const told = world.shell.published.filter(({ type }) => type === "customer.stripe-removed");
  expect(told.map(({ data }: Json) => data)).toEqual([{ stripeCustomer: known }]);
  expect(await world.pay(await world.checkout(invoice.id, { save: true }))).toBe(303);
  await world.settle();
  expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({ status: "Paid" });
  expect((await world.get(path)).docs).toHaveLength(1);
  expect((await loadCustomer(world.tenant, customer))?.stripe?.customer).not.toBe(known);
  expect(world.shell.errors).toEqual([]);
  await world.expectPromisesKept(customer);
});

test("a method that was removed before its events are handled is nobody's default", async () => {
  const world = await aStripeWorld();
  const { person, visitor } = await aPortalOf(world.shell);
  const opened = await visitor.call("POST", "/portal/payment-methods", {});
  expect(await world.pay(opened.body.url)).toBe(303);
  await world.standIn.settle();
  const path = `/v1/customers/${person.customer}/payment-methods`;
  const [method] = (await world.get(path)).docs;
  await atStripe(world, "POST", `payment_methods/${method.id}/detach`);
  await world.settle();
  expect((await world.get(path)).docs).toEqual([]);
  expect(world.shell.errors).toEqual([]);
});
