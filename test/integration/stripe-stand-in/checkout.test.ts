import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  cardOf,
  day,
  failureOf,
  goodCard,
  type Harness,
  paymentSession,
  startHarness,
  submit,
} from "./harness.ts";

let the: Harness;
beforeEach(async () => {
  the = await startHarness();
});
afterEach(() => the.close());

describe("the payment page", () => {
  it("shows who is paid what, and the test cards", async () => {
    const session = await paymentSession(the.stripe);
    const page = await fetch(session.url!);
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text).toContain("Northwind Studio");
    expect(text).toContain("Invoice INV-0002");
    expect(text).toContain("Pay $700.00</button>");
    expect(text).toContain("4000 0000 0000 0002");
  });

  it("takes a good card, sends the payer back and tells us", async () => {
    const session = await paymentSession(the.stripe);
    expect(session).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      payment_intent: null,
    });
    const paid = await submit(session.url!, goodCard);
    expect(paid.status).toBe(303);
    expect(paid.headers.get("location")).toBe(`https://portal.example/done?session=${session.id}`);
    const after = await the.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge.balance_transaction", "line_items"],
    });
    expect(after).toMatchObject({
      status: "complete",
      payment_status: "paid",
      url: null,
      customer_details: { name: "Ann Payer" },
      line_items: { data: [{ description: "Invoice INV-0002", amount_total: 70_000 }] },
      payment_intent: {
        amount_received: 70_000,
        status: "succeeded",
        metadata: { intent: "pay_1" },
        latest_charge: {
          metadata: { intent: "pay_1" },
          balance_transaction: { amount: 70_000, net: 67_940, type: "charge" },
        },
      },
    });
    expect(await the.standIn.settle()).toBe(0);
    expect(the.types()).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]);
    expect(the.received.every((event) => event.account === "acct_agency1")).toBe(true);
  });

  it.each([
    ["a declined card", "4000000000000002", "Your card was declined."],
    ["a card without funds", "4000000000009995", "Your card has insufficient funds."],
    ["a lost card", "4000000000009987", "Your card was declined."],
    ["a card that fails when charged", "4000000000000341", "Your card was declined."],
  ])("says why %s was refused, and takes another", async (_name, number, message) => {
    const session = await paymentSession(the.stripe);
    const refused = await submit(session.url!, cardOf(number));
    expect(refused.status).toBe(402);
    const text = await refused.text();
    expect(text).toContain(message);
    expect(text).toContain("You were not charged.");
    expect(text).toContain(`value="Ann Payer"`);
    expect((await submit(session.url!, goodCard)).status).toBe(303);
    await the.standIn.settle();
    const { data } = await the.stripe.charges.list();
    expect(data.map((charge) => charge.status)).toEqual(["succeeded", "failed"]);
    expect(the.types()).toContain("payment_intent.payment_failed");
    expect(the.types()).toContain("charge.failed");
  });

  it.each([
    ["a mistyped number", { number: "4242424242424241" }, "Your card number is invalid."],
    ["no number", { number: "" }, "Enter your card number."],
    ["a real card", { number: "4111111111111111" }, "use one of the test cards"],
    ["a month past", { exp: "10/26" }, "is in the past"],
    ["a thirteenth month", { exp: "13/34" }, "month is invalid"],
    ["no expiry", { exp: "" }, "date is incomplete"],
    ["a short code", { cvc: "12" }, "security code is incomplete"],
  ])("refuses %s without charging", async (_name, over, message) => {
    const session = await paymentSession(the.stripe);
    const refused = await submit(session.url!, { ...goodCard, ...over });
    expect(refused.status).toBe(402);
    expect(await refused.text()).toContain(message);
    expect((await the.stripe.charges.list()).data).toEqual([]);
  });

  it("accepts the expiry as people write it", async () => {
    for (const exp of ["12/34", "12 / 34", "12/2034", "1234", "11/26"]) {
      const session = await paymentSession(the.stripe);
      expect((await submit(session.url!, { ...goodCard, exp })).status).toBe(303);
    }
  });

  it("escapes what it was given", async () => {
    const session = await paymentSession(the.stripe, {
      payment_intent_data: { description: "<script>alert(1)</script>" },
    });
    const refused = await submit(session.url!, { ...cardOf("4000000000000002"), name: `"><b>` });
    const text = await refused.text();
    expect(text).not.toContain("<script>");
    expect(text).not.toContain("<b>");
  });

  it("is over once it was paid", async () => {
    const session = await paymentSession(the.stripe);
    await submit(session.url!, goodCard);
    const again = await submit(session.url!, goodCard);
    expect(again.status).toBe(409);
    expect(await again.text()).toContain("already paid");
    expect((await the.stripe.charges.list()).data).toHaveLength(1);
    const failure = await failureOf(the.stripe.checkout.sessions.expire(session.id));
    expect(failure.message).toContain("status of complete");
  });

  it("answers 404 for an unknown session", async () => {
    expect((await fetch(`${the.url}/pay/cs_test_unknown`)).status).toBe(404);
  });
});

describe("authentication on the page", () => {
  it("charges after the bank's page was answered", async () => {
    const session = await paymentSession(the.stripe);
    const asked = await submit(session.url!, cardOf("4000002500003155"));
    expect(asked.status).toBe(200);
    expect(await asked.text()).toContain("Complete authentication");
    expect(await (await fetch(session.url!)).text()).toContain("Fail authentication");
    expect((await submit(session.url!, { authentication: "complete" })).status).toBe(303);
    await the.standIn.settle();
    expect(the.types()).toContain("payment_intent.requires_action");
    expect(the.types()).toContain("checkout.session.completed");
  });

  it("charges nothing when it fails, and takes another card", async () => {
    const session = await paymentSession(the.stripe);
    await submit(session.url!, cardOf("4000002500003155"));
    const failed = await submit(session.url!, { authentication: "fail" });
    expect(failed.status).toBe(402);
    expect(await failed.text()).toContain("unable to authenticate");
    expect((await the.stripe.charges.list()).data).toEqual([]);
    expect((await submit(session.url!, goodCard)).status).toBe(303);
  });
});

describe("bank debits", () => {
  it("succeed after three days", async () => {
    const session = await paymentSession(the.stripe);
    expect((await submit(session.url!, { number: "000123456789", name: "Ann" })).status).toBe(303);
    await the.standIn.settle();
    const pending = await the.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent"],
    });
    expect(pending).toMatchObject({ status: "complete", payment_status: "unpaid" });
    expect(pending.payment_intent).toMatchObject({ status: "processing" });
    expect(the.types()).toEqual([
      "payment_intent.created",
      "charge.pending",
      "payment_intent.processing",
      "checkout.session.completed",
    ]);
    expect(the.standIn.dueInstants()).toBe("2026-11-03T09:00:00.000Z");
    the.clock.advance(3 * day - 1);
    await the.standIn.runDue();
    expect(the.received).toHaveLength(4);
    expect(the.standIn.dueInstants()).toBe("2026-11-05T09:00:00.000Z");
    the.clock.advance(1);
    await the.standIn.runDue();
    expect(the.types().slice(4)).toEqual([
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.async_payment_succeeded",
    ]);
    expect(await the.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      payment_status: "paid",
    });
  });

  it("fail after three days", async () => {
    const session = await paymentSession(the.stripe);
    await submit(session.url!, { number: "000111111116", name: "Ann" });
    the.clock.advance(3 * day);
    await the.standIn.settle();
    expect(the.types().slice(-3)).toEqual([
      "charge.failed",
      "payment_intent.payment_failed",
      "checkout.session.async_payment_failed",
    ]);
    const after = await the.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent"],
    });
    expect(after.payment_status).toBe("unpaid");
    expect(after.payment_intent).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code: "no_account" },
    });
  });

  it("are refused where only cards are taken", async () => {
    const session = await paymentSession(the.stripe, { allowed_payment_method_types: ["card"] });
    const refused = await submit(session.url!, { number: "000123456789" });
    expect(refused.status).toBe(402);
    expect(await refused.text()).toContain("is not allowed");
  });
});

describe("expiry", () => {
  it("comes after 24 hours, cancels what was begun, and is told", async () => {
    const session = await paymentSession(the.stripe);
    await submit(session.url!, cardOf("4000000000000002"));
    the.clock.advance(day);
    expect((await fetch(session.url!)).status).toBe(410);
    expect((await submit(session.url!, goodCard)).status).toBe(410);
    await the.standIn.settle();
    expect(the.types().slice(-2)).toEqual(["payment_intent.canceled", "checkout.session.expired"]);
    const after = await the.stripe.checkout.sessions.retrieve(session.id);
    expect(after).toMatchObject({ status: "expired", url: null });
  });

  it("can be asked for, once", async () => {
    const session = await paymentSession(the.stripe);
    expect(await the.stripe.checkout.sessions.expire(session.id)).toMatchObject({
      status: "expired",
    });
    expect((await submit(session.url!, goodCard)).status).toBe(410);
    await failureOf(the.stripe.checkout.sessions.expire(session.id));
    await the.standIn.settle();
    expect(the.types()).toEqual(["checkout.session.expired"]);
    the.clock.advance(2 * day);
    await the.standIn.settle();
    expect(the.types()).toEqual(["checkout.session.expired"]);
  });

  it.each([
    ["sooner than 30 minutes", 20 * 60, "at least 30 minutes"],
    ["later than 24 hours", 25 * 3600, "less than 24 hours"],
  ])("can't be %s", async (_name, lifeS, message) => {
    const expires_at = Math.floor(Date.parse(the.clock.now) / 1000) + lifeS;
    const failure = await failureOf(paymentSession(the.stripe, { expires_at }));
    expect(failure.message).toContain(message);
  });
});

describe("saving a method", () => {
  it("in setup mode puts it on the customer", async () => {
    const customer = await the.stripe.customers.create({ name: "Acme", email: "ann@acme.example" });
    const session = await the.stripe.checkout.sessions.create({
      mode: "setup",
      currency: "usd",
      customer: customer.id,
      success_url: "https://portal.example/saved",
      setup_intent_data: { metadata: { intent: "x" } },
    });
    expect(session).toMatchObject({ payment_status: "no_payment_required", amount_total: null });
    expect(await (await fetch(session.url!)).text()).toContain("Save card</button>");
    expect((await submit(session.url!, cardOf("4000000000000002"))).status).toBe(402);
    expect((await submit(session.url!, cardOf("4000000000000341"))).status).toBe(303);
    const methods = await the.stripe.paymentMethods.list({ customer: customer.id });
    expect(methods.data.map((method) => method.card?.last4)).toEqual(["0341"]);
    await the.standIn.settle();
    expect(the.types()).toEqual([
      "customer.created",
      "setup_intent.created",
      "setup_intent.setup_failed",
      "payment_method.attached",
      "setup_intent.succeeded",
      "checkout.session.completed",
    ]);
    const after = await the.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["setup_intent.payment_method"],
    });
    expect(after.setup_intent).toMatchObject({
      status: "succeeded",
      metadata: { intent: "x" },
      payment_method: { customer: customer.id },
    });
  });

  it("asks for authentication in setup mode too", async () => {
    const customer = await the.stripe.customers.create({ name: "Acme" });
    const session = await the.stripe.checkout.sessions.create({
      mode: "setup",
      allowed_payment_method_types: ["card"],
      customer: customer.id,
      success_url: "https://portal.example/saved",
    });
    expect((await submit(session.url!, cardOf("4000002500003155"))).status).toBe(200);
    expect((await submit(session.url!, { authentication: "complete" })).status).toBe(303);
    expect((await the.stripe.paymentMethods.list({ customer: customer.id })).data).toHaveLength(1);
  });

  it("happens with a payment that asks for it, making the customer where there is none", async () => {
    const session = await paymentSession(the.stripe, {
      customer_email: "ann@acme.example",
      payment_intent_data: { setup_future_usage: "off_session" },
    });
    await submit(session.url!, goodCard);
    const { customer } = await the.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["customer"],
    });
    expect(customer).toMatchObject({ email: "ann@acme.example", name: "Ann Payer" });
    const { id } = customer as { id: string };
    const methods = await the.stripe.paymentMethods.list({ customer: id });
    expect(methods.data).toHaveLength(1);
    const again = await the.stripe.paymentIntents.create({
      amount: 500,
      currency: "usd",
      customer: id,
      payment_method: methods.data[0]!.id,
      off_session: true,
      confirm: true,
    });
    expect(again.status).toBe("succeeded");
  });

  it("is left to the payer where the session offers it", async () => {
    const customer = await the.stripe.customers.create({ name: "Acme" });
    const offered = { saved_payment_method_options: { payment_method_save: "enabled" } } as const;
    const first = await paymentSession(the.stripe, { customer: customer.id, ...offered });
    expect(await (await fetch(first.url!)).text()).toContain("Save this for later payments");
    await submit(first.url!, goodCard);
    expect((await the.stripe.paymentMethods.list({ customer: customer.id })).data).toEqual([]);
    const second = await paymentSession(the.stripe, { customer: customer.id, ...offered });
    await submit(second.url!, { ...goodCard, save: "true" });
    const { data } = await the.stripe.paymentMethods.list({ customer: customer.id });
    expect(data.map((method) => method.allow_redisplay)).toEqual(["always"]);
  });
});
