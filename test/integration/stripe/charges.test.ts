import { expect, test } from "vitest";
import { chargePendingMethod } from "../../../functions/consumers/payment-pending-charge-method.ts";
import { build as reconcile } from "../../../functions/jobs/reconcile-stripe.ts";
import { aStripeWorld, cards, type Json, type StripeWorld } from "./world.ts";

/** A customer with a method saved while paying something. */
async function aCustomerWithMethod(world: StripeWorld, number: string = cards.good) {
  const customer = await world.customer();
  const first = await world.document({ customer, amount: 10 });
  expect(await world.pay(await world.checkout(first.id, { save: true }), number)).toBe(303);
  await world.settle();
  return customer;
}

const charge = (world: StripeWorld, invoice: Json, body: object = {}) =>
  world.call("POST", `/v1/invoices/${invoice.id}/charge`, body);

test("a bank debit makes the document wait, and pays it when the bank has answered", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  await world.pay(await world.checkout(invoice.id), cards.debit);
  await world.settle({ copies: 2, shuffled: true });
  expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({ status: "Pending" });
  expect(await world.paymentsOf(customer)).toMatchObject([
    { status: "Pending", amount: 700, applied: 0, unapplied: 0, method: "BankDebit" },
  ]);
  await world.expectPromisesKept(customer);
  world.shell.clock.advance("P4D");
  await world.settle({ copies: 2, shuffled: true });
  expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({ status: "Paid" });
  expect(await world.paymentsOf(customer)).toMatchObject([{ status: "Succeeded", applied: 700 }]);
  await world.expectPromisesKept(customer);
});

test("a bank debit that funds a retainer stays unapplied, and the retainer is Paid", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const retainer = await world.document({ customer, amount: 5000, isRetainer: true });
  await world.pay(await world.checkout(retainer.id), cards.debit);
  await world.settle();
  expect(await world.get(`/v1/invoices/${retainer.id}`)).toMatchObject({ status: "Pending" });
  world.shell.clock.advance("P4D");
  await world.settle();
  expect(await world.get(`/v1/invoices/${retainer.id}`)).toMatchObject({
    status: "Paid",
    retainer: { funded: 5000, remaining: 5000 },
  });
  expect(world.shell.published.map(({ type }) => type)).not.toContain("payment.unexpected");
  await world.expectPromisesKept(customer);
});

test("a bank debit that comes back fails its payment, and the document asks again", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  await world.pay(await world.checkout(invoice.id), cards.debitFails);
  await world.settle();
  world.shell.clock.advance("P4D");
  await world.settle({ copies: 2, shuffled: true });
  expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({ status: "Unpaid" });
  expect(await world.paymentsOf(customer)).toMatchObject([
    { status: "Failed", failure: "no_account", applied: 0, unapplied: 0 },
  ]);
  await world.expectPromisesKept(customer);
});

test("a saved card is listed, and charged without its owner", async () => {
  const world = await aStripeWorld();
  const customer = await aCustomerWithMethod(world);
  const { docs } = await world.get(`/v1/customers/${customer}/payment-methods`);
  expect(docs).toMatchObject([
    { type: "card", brand: "visa", last4: "4242", expMonth: 12, expYear: 2034, isDefault: true },
  ]);
  const invoice = await world.document({ customer, amount: 700 });
  const answer = await charge(world, invoice);
  expect(answer).toMatchObject({
    status: 202,
    body: { status: "Pending", source: "auto", amount: 700, method: "Card" },
  });
  expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({ status: "Pending" });
  await world.settle({ copies: 3, shuffled: true });
  expect(await world.get(`/v1/payments/${answer.body.id}`)).toMatchObject({
    status: "Succeeded",
    applied: 700,
    stripe: { paymentIntent: expect.stringMatching(/^pi_/), charge: expect.any(String) },
  });
  expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({ status: "Paid" });
  expect(world.shell.published.map(({ type }) => type)).toContain("payment-method.saved");
  await world.expectPromisesKept(customer);
});

test.each([
  ["is declined", "decline", "generic_decline"],
  ["was reported lost", "hard-decline", "lost_card"],
  ["asks for its owner", "authenticate", "authentication_required"],
] as const)(
  "a charge of a card that %s fails its payment, and the invoice asks again",
  async (_name, kind, failure) => {
    const world = await aStripeWorld();
    const customer = await aCustomerWithMethod(world);
    const invoice = await world.document({ customer, amount: 700 });
    world.standIn.control.nextCharge(kind);
    const { body } = await charge(world, invoice);
    await world.settle({ copies: 2, shuffled: true });
    expect(await world.get(`/v1/payments/${body.id}`)).toMatchObject({ status: "Failed", failure });
    expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({
      status: "Unpaid",
      balance: 700,
    });
    await world.expectPromisesKept(customer);
    expect((await charge(world, invoice)).status).toBe(202);
    await world.settle();
    expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({ status: "Paid" });
    await world.expectPromisesKept(customer);
  },
);

test("a page that was open when a charge began is closed", async () => {
  const world = await aStripeWorld();
  const customer = await aCustomerWithMethod(world);
  const invoice = await world.document({ customer, amount: 700 });
  const url = await world.checkout(invoice.id);
  await charge(world, invoice);
  await world.settle();
  expect(await world.pay(url)).toBe(410);
  await world.expectPromisesKept(customer);
});

test("a charge that waited longer than Stripe remembers its key is not made twice", async () => {
  const world = await aStripeWorld();
  const customer = await aCustomerWithMethod(world);
  const invoice = await world.document({ customer, amount: 700 });
  world.standIn.control.webhooks({ dropRate: 1 });
  const { body } = await charge(world, invoice);
  const delivered = await world.shell.deliver();
  world.shell.clock.advance("P2D");
  const late = delivered.find(({ type }) => type === "payment.pending");
  if (late) await chargePendingMethod.run(world.shell.deps, late);
  const stripe = await world.shell.deps.stripe();
  const events = await stripe.listEvents(world.account, "2027-02-27T00:00:00.000Z");
  const made = events.filter(
    ({ type, payload }) => type === "payment_intent.created" && payload.includes(body.id),
  );
  expect(made).toHaveLength(1);
  await reconcile(world.shell.deps)();
  await world.settle();
  expect(await world.get(`/v1/payments/${body.id}`)).toMatchObject({ status: "Succeeded" });
});

test("what Stripe won't even try fails the payment at once", async () => {
  const world = await aStripeWorld();
  const customer = await aCustomerWithMethod(world);
  const invoice = await world.document({ customer, amount: 700 });
  const { body } = await charge(world, invoice);
  const stripe = await world.shell.deps.stripe();
  const { docs } = await world.get(`/v1/customers/${customer}/payment-methods`);
  await stripe.removeMethod({ account: world.account, key: "removed" }, docs[0].id);
  await world.settle();
  expect(await world.get(`/v1/payments/${body.id}`)).toMatchObject({ status: "Failed" });
  expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({ status: "Unpaid" });
  expect((await world.get(`/v1/customers/${customer}/payment-methods`)).docs).toEqual([]);
  expect(world.shell.published.map(({ type }) => type)).toContain("payment-method.removed");
  await world.expectPromisesKept(customer);
});

test("refuses to charge what isn't open, a method that isn't the customer's, and without one", async () => {
  const world = await aStripeWorld();
  const bare = await world.document({ customer: await world.customer(), amount: 700 });
  expect(await charge(world, bare)).toMatchObject({
    status: 404,
    body: { code: "payment-method.not-found" },
  });
  const customer = await aCustomerWithMethod(world);
  const { docs } = await world.get(`/v1/customers/${customer}/payment-methods`);
  expect(await charge(world, bare, { paymentMethod: docs[0].id })).toMatchObject({ status: 404 });
  const invoice = await world.document({ customer, amount: 700 });
  await world.call("POST", `/v1/invoices/${invoice.id}/mark-paid`, {});
  expect(await charge(world, invoice)).toMatchObject({
    status: 409,
    body: { code: "invoice.not-open" },
  });
});

test("methods saved on an account that was disconnected don't count on another", async () => {
  const world = await aStripeWorld();
  const customer = await aCustomerWithMethod(world);
  world.standIn.control.deauthorize(world.account);
  await world.settle();
  expect(await world.get("/v1/stripe/account")).toEqual({
    ...{ connected: false, account: null, chargesEnabled: false, detailsSubmitted: false },
  });
  const invoice = await world.document({ customer, amount: 700 });
  expect(await charge(world, invoice)).toMatchObject({
    status: 409,
    body: { code: "stripe.not-connected" },
  });
  expect(await world.connect(world.shell)).not.toBe(world.account);
  expect((await world.get(`/v1/customers/${customer}/payment-methods`)).docs).toEqual([]);
  expect(await charge(world, invoice)).toMatchObject({ status: 404 });
  await world.pay(await world.checkout(invoice.id, { save: true }));
  await world.settle();
  expect((await world.get(`/v1/customers/${customer}/payment-methods`)).docs).toHaveLength(1);
});
