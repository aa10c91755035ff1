import { expect, test } from "vitest";
import { loadAgencyIdByAccount } from "../../../domain/payments/stripe-account.store.ts";
import { aPortalOf, settings } from "../portal/world.ts";
import { aStripeWorld, cards, type StripeWorld } from "./world.ts";

const day = 86_400;

async function aDebitOnItsWay(world: StripeWorld) {
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  expect(await world.pay(await world.checkout(invoice.id), cards.debit)).toBe(303);
  await world.settle();
  const [payment] = await world.paymentsOf(customer);
  expect(payment).toMatchObject({ status: "Pending" });
  return { customer, invoice: `/v1/invoices/${invoice.id}`, payment: payment.id as string };
}

const voidIt = (world: StripeWorld, payment: string) =>
  world.call("POST", `/v1/payments/${payment}/void`, { reason: "It came back" });

test("an event that is handled after our access was taken away is over, and tells of it", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  expect(await world.pay(await world.checkout(invoice.id))).toBe(303);
  await world.standIn.settle();
  // The event that would say so gets lost.
  world.standIn.control.webhooks({ dropRate: 1, delayS: day });
  world.standIn.control.deauthorize(world.account);
  await world.shell.deliver();
  expect(await world.get("/v1/stripe/account")).toMatchObject({ connected: false });
  expect(await world.paymentsOf(customer)).toEqual([]);
  expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({ status: "Unpaid" });
});

test("what waits on an account that was disconnected is given up by staff", async () => {
  const world = await aStripeWorld();
  const { customer, invoice, payment } = await aDebitOnItsWay(world);
  world.standIn.control.deauthorize(world.account);
  await world.settle();
  const stuck = await world.call("POST", `${invoice}/mark-paid`, {});
  expect(stuck).toMatchObject({ status: 409, body: { code: "invoice.not-open" } });
  expect(await world.connect(world.shell)).not.toBe(world.account);
  const given = await voidIt(world, payment);
  expect(given).toMatchObject({
    status: 200,
    body: { status: "Void", voidReason: "It came back" },
  });
  expect(await world.get(invoice)).toMatchObject({ status: "Unpaid", balance: 700 });
  expect(await voidIt(world, payment)).toMatchObject({ status: 409 });
  expect((await world.call("POST", `${invoice}/mark-paid`, {})).status).toBe(200);
  await world.settle();
  expect(await world.get(invoice)).toMatchObject({ status: "Paid" });
  await world.expectPromisesKept(customer);
});

test("as long as its account is connected nobody gives up what is on its way", async () => {
  const world = await aStripeWorld();
  const { customer, invoice, payment } = await aDebitOnItsWay(world);
  const before = [await world.paymentsOf(customer), await world.get(invoice)];
  expect(await voidIt(world, payment)).toMatchObject({
    status: 409,
    body: { code: "payment.in-use" },
  });
  expect([await world.paymentsOf(customer), await world.get(invoice)]).toEqual(before);
});

test("who connects again before we know that the account is gone gets another one", async () => {
  const world = await aStripeWorld();
  world.standIn.control.webhooks({ dropRate: 1, delayS: day });
  world.standIn.control.deauthorize(world.account);
  const asked = await world.call("POST", "/v1/stripe/connect", {});
  expect(asked.status).toBe(200);
  const { account, connected } = await world.get("/v1/stripe/account");
  expect(connected).toBe(true);
  expect(account).not.toBe(world.account);
  expect(await loadAgencyIdByAccount(world.shell.deps.platform, world.account)).toBeUndefined();
  const told = (await world.shell.deliver()).map(({ type }) => type);
  expect(told).toContain("agency.stripe-disconnected");
  expect(told).toContain("agency.stripe-connected");
});

test("a repeated pre-payment whose page Stripe refuses is not kept", async () => {
  const world = await aStripeWorld();
  const { person, visitor } = await aPortalOf(world.shell);
  const clientInitiatedPayments = { enabled: true, minimum: 0, recurring: true };
  await settings(world.shell, { clientInitiatedPayments });
  // Nobody has told us yet.
  world.standIn.control.webhooks({ dropRate: 1 });
  world.standIn.control.deauthorize(world.account);
  const recurring = { frequency: "monthly", cycles: 3 };
  const refused = await visitor.call("POST", "/portal/prepayments", { amount: 500, recurring });
  expect(refused).toMatchObject({ status: 409, body: { code: "stripe.not-connected" } });
  expect((await world.get(`/v1/prepayments?customer=${person.customer}`)).docs).toEqual([]);
  expect((await visitor.get("/portal/prepayments")).docs).toEqual([]);
});
