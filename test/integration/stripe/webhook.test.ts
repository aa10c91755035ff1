import { createHmac } from "node:crypto";
import { type GetCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { loadStripeEvent } from "../../../domain/payments/stripe-event.store.ts";
import { build as reconcile } from "../../../functions/jobs/reconcile-stripe.ts";
import { aShell, caller, type Shell } from "../../support/shell.ts";
import { aStripeWorld } from "./world.ts";

const event = (over: object = {}) => ({
  ...{ id: "evt_1", object: "event", type: "payment_intent.succeeded", account: "acct_1" },
  ...{ created: 1_803_891_600, livemode: false, data: { object: { id: "pi_1" } } },
  ...over,
});

interface Sent {
  readonly over?: object;
  readonly signedAt?: string;
  readonly secret?: string;
  readonly sent?: string;
}

/** As Stripe signs: over the text, at a time. */
async function deliver(shell: Shell, how: Sent = {}) {
  const { over = {}, signedAt = shell.clock.now(), secret = "whsec_test" } = how;
  const body = JSON.stringify(event(over), null, 2);
  const time = Math.floor(Date.parse(signedAt) / 1_000);
  const signature = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  const headers = { "stripe-signature": `t=${time},v1=${signature}` };
  return caller(shell.deps, "")("POST", "/webhooks/stripe", how.sent ?? body, headers);
}

test("a signed event is stored once, published once and answered at once", async () => {
  const shell = await aShell();
  await shell.deliver();
  expect(await deliver(shell)).toMatchObject({ status: 200, body: { received: true } });
  expect(await deliver(shell)).toMatchObject({ status: 200 });
  expect(await loadStripeEvent(shell.deps.platform, "evt_1")).toMatchObject({ account: "acct_1" });
  const published = await shell.deliver();
  expect(published).toMatchObject([{ type: "stripe.event-received", subject: "evt_1" }]);
});

test("a duplicate costs one small read and no write", async () => {
  const shell = await aShell();
  await deliver(shell);
  const units: number[] = [];
  const db = Object.assign(Object.create(shell.deps.platform.db), {
    send: async (command: GetCommand | TransactWriteCommand) => {
      expect(command).not.toBeInstanceOf(TransactWriteCommand);
      Object.assign(command.input, { ReturnConsumedCapacity: "TOTAL" });
      const answer = await shell.deps.platform.db.send(command as GetCommand);
      units.push(answer.ConsumedCapacity?.CapacityUnits ?? 0);
      return answer;
    },
  });
  const counted = { ...shell, deps: { ...shell.deps, platform: { ...shell.deps.platform, db } } };
  expect((await deliver(counted)).status).toBe(200);
  expect(units.reduce((sum, unit) => sum + unit, 0)).toBeLessThanOrEqual(2);
});

test.each([
  ["signed with another secret", { secret: "whsec_other" }],
  ["signed 301 seconds ago", { signedAt: "2027-03-01T08:54:59.000Z" }],
  ["changed on its way", { sent: JSON.stringify(event({ account: "acct_2" })) }],
  ["that isn't JSON", { sent: "{" }],
])("refuses an event %s", async (_name, how) => {
  const shell = await aShell({ now: "2027-03-01T09:00:00.000Z" });
  expect(await deliver(shell, how)).toMatchObject({
    status: 400,
    body: { code: "request.invalid" },
  });
  expect(await loadStripeEvent(shell.deps.platform, "evt_1")).toBeUndefined();
});

test("refuses an event without a signature, and takes one signed 300 seconds ago", async () => {
  const shell = await aShell({ now: "2027-03-01T09:00:00.000Z" });
  const call = caller(shell.deps, "");
  expect((await call("POST", "/webhooks/stripe", JSON.stringify(event()))).status).toBe(400);
  expect((await deliver(shell, { signedAt: "2027-03-01T08:55:00.000Z" })).status).toBe(200);
});

test("in production a test-mode event is answered and forgotten", async () => {
  const base = await aShell();
  const config = { ...base.deps.config, isProduction: true };
  const shell = { ...base, deps: { ...base.deps, config } };
  expect((await deliver(shell)).status).toBe(200);
  expect(await loadStripeEvent(shell.deps.platform, "evt_1")).toBeUndefined();
  await deliver(shell, { over: { id: "evt_2", livemode: true } });
  expect(await loadStripeEvent(shell.deps.platform, "evt_2")).toBeDefined();
});

test("events of unknown accounts, of other types and of the agency's own shop change nothing", async () => {
  const world = await aStripeWorld();
  const { account } = world;
  await deliver(world.shell, { over: { id: "evt_1" } });
  await deliver(world.shell, { over: { id: "evt_2", account, type: "invoice.paid" } });
  const shop = { id: "pi_shop", metadata: { order: "7" } };
  await deliver(world.shell, { over: { id: "evt_3", account, data: { object: shop } } });
  await deliver(world.shell, { over: { id: "evt_4", account: undefined } });
  const types = (await world.shell.deliver()).map(({ type }) => type);
  expect(new Set(types)).toEqual(new Set(["stripe.event-received"]));
});

test("an agency can't book another's intent through its own account", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  await world.checkout(invoice.id);
  const published = await world.shell.deliver();
  const opened = published.find(({ type }) => type === "checkout.opened");
  const intent = String(opened?.data.payment);
  const thief = await world.shell.anotherAgency();
  const account = await world.connect(thief);
  const stripe = await world.shell.deps.stripe();
  const buyer = await stripe.createCustomer(
    { account, key: "buyer" },
    { name: "Mallory", email: null, metadata: {} },
  );
  await stripe.charge(
    { account, key: "theft" },
    {
      ...{ amount: 70_000, currency: "USD", customer: buyer, method: "pm_card_visa" },
      ...{ description: "Theft", metadata: { intent, agency: world.shell.agency.id } },
    },
  );
  await world.settle();
  expect(await world.paymentsOf(customer)).toEqual([]);
  expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({ status: "Unpaid" });
  expect((await thief.call("GET", "/v1/payments")).body.total).toBe(0);
});

test("what webhooks missed is repaired by reconciliation, once", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  const url = await world.checkout(invoice.id);
  world.standIn.control.webhooks({ dropRate: 1 });
  await world.pay(url);
  await world.settle();
  expect(await world.paymentsOf(customer)).toEqual([]);
  world.shell.clock.advance("P2D");
  expect(await reconcile(world.shell.deps)()).toMatchObject({ accounts: 1 });
  await world.settle({ copies: 2, shuffled: true });
  expect(await world.paymentsOf(customer)).toMatchObject([
    { status: "Succeeded", applied: 700, receivedAt: "2027-03-01T09:00:00.000Z" },
  ]);
  expect(await reconcile(world.shell.deps)()).toEqual({ accounts: 1, missed: 0 });
  await world.expectPromisesKept(customer);
});

test("reconciliation notices an account that took our access away", async () => {
  const world = await aStripeWorld();
  world.standIn.control.webhooks({ dropRate: 1 });
  world.standIn.control.deauthorize(world.account);
  await reconcile(world.shell.deps)();
  expect(await world.get("/v1/stripe/account")).toMatchObject({ connected: false });
  expect(await reconcile(world.shell.deps)()).toEqual({ accounts: 0, missed: 0 });
});

test("connecting twice at once makes one account; only admins connect", async () => {
  const world = await aStripeWorld();
  const other = await world.shell.anotherAgency();
  const links = await Promise.all([1, 2].map(() => other.call("POST", "/v1/stripe/connect", {})));
  expect(links.map(({ status }) => status)).toEqual([200, 200]);
  expect((await other.call("GET", "/v1/stripe/account")).body).toMatchObject({
    ...{ connected: true, chargesEnabled: false, detailsSubmitted: false },
  });
  for (const { body } of links) await fetch(body.url, { method: "POST", redirect: "manual" });
  await world.settle();
  expect((await other.call("GET", "/v1/stripe/account")).body.chargesEnabled).toBe(true);
  const key = await other.call("POST", "/v1/api-keys", { name: "site", role: "member" });
  const member = caller(world.shell.deps, key.body.key);
  expect((await member("POST", "/v1/stripe/connect", {})).status).toBe(403);
  expect((await member("GET", "/v1/stripe/account")).status).toBe(200);
});
