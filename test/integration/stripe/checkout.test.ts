import { expect, test } from "vitest";
import { type ApiCall, caller } from "../../support/shell.ts";
import { aStripeWorld, cards, pages, type StripeWorld } from "./world.ts";

test("a retainer paid on Stripe's page is one unapplied payment, however often its webhooks come", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const retainer = await world.document({ customer, amount: 5000, isRetainer: true });
  world.standIn.control.webhooks({ copies: 3, shuffle: true });
  expect(await world.pay(await world.checkout(retainer.id))).toBe(303);
  await world.settle({ copies: 2, shuffled: true });
  expect(await world.paymentsOf(customer)).toMatchObject([
    {
      ...{ amount: 5000, unapplied: 5000, applied: 0, status: "Succeeded" },
      ...{ source: "checkout", method: "Card", reference: "visa ending in 4242" },
      retainer: retainer.id,
    },
  ]);
  expect(await world.get(`/v1/invoices/${retainer.id}`)).toMatchObject({
    status: "Paid",
    drawStatus: "Undrawn",
    balance: 0,
  });
  expect(world.shell.errors).toEqual([]);
  await world.expectPromisesKept(customer);
});

test("an invoice paid on Stripe's page is received first and applied second, in one go", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  await world.pay(await world.checkout(invoice.id));
  await world.settle();
  expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({
    status: "Paid",
    balance: 0,
    applications: [{ amount: 700 }],
  });
  const types = (await world.journalOf(customer)).map(({ type }) => type);
  expect(types).toEqual(["invoice.issued", "payment.received", "payment.applied"]);
  await world.expectPromisesKept(customer);
});

test("a part of the balance may be asked for; the rest stays due", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  await world.pay(await world.checkout(invoice.id, { amount: 200.5 }));
  await world.settle();
  expect(await world.get(`/v1/invoices/${invoice.id}`)).toMatchObject({
    status: "Partial",
    balance: 499.5,
  });
  await world.expectPromisesKept(customer);
});

test("a declined card books nothing, and another card then pays", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  const url = await world.checkout(invoice.id);
  expect(await world.pay(url, cards.declined)).toBe(402);
  await world.settle();
  expect(await world.paymentsOf(customer)).toEqual([]);
  expect(await world.pay(url)).toBe(303);
  await world.settle({ copies: 2, shuffled: true });
  expect(await world.paymentsOf(customer)).toMatchObject([{ status: "Succeeded", amount: 700 }]);
  await world.expectPromisesKept(customer);
});

test("a second page closes the first, and only the second can be paid", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  const first = await world.checkout(invoice.id);
  const second = await world.checkout(invoice.id);
  await world.settle();
  expect(await world.pay(first)).toBe(410);
  expect(await world.pay(second)).toBe(303);
  await world.settle();
  expect(await world.paymentsOf(customer)).toMatchObject([{ amount: 700, applied: 700 }]);
});

test("if both pages are paid all the same, the second payment stays unapplied and staff are told", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  const first = await world.checkout(invoice.id);
  const second = await world.checkout(invoice.id);
  expect(await world.pay(first)).toBe(303);
  expect(await world.pay(second)).toBe(303);
  await world.settle();
  const payments = await world.paymentsOf(customer);
  expect(payments.map(({ applied }) => applied).sort()).toEqual([0, 700]);
  expect(payments.map(({ unapplied }) => unapplied).sort()).toEqual([0, 700]);
  const unexpected = world.shell.published.filter(({ type }) => type === "payment.unexpected");
  expect(new Set(unexpected.map(({ subject }) => subject)).size).toBe(1);
  await world.expectPromisesKept(customer);
});

test("a page closes when its document's balance changes, and when it is canceled", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const paid = await world.document({ customer, amount: 700 });
  const canceled = await world.document({ customer, amount: 300 });
  const urls = [await world.checkout(paid.id), await world.checkout(canceled.id)];
  await world.settle();
  await world.call("POST", `/v1/invoices/${paid.id}/payments`, { method: "Cash", amount: 100 });
  await world.call("POST", `/v1/invoices/${canceled.id}/cancel`, { reason: "a mistake" });
  await world.settle();
  for (const url of urls) expect(await world.pay(url)).toBe(410);
  expect(await world.pay(await world.checkout(paid.id))).toBe(303);
  await world.settle();
  expect(await world.get(`/v1/invoices/${paid.id}`)).toMatchObject({ status: "Paid" });
  await world.expectPromisesKept(customer);
});

test("money for an invoice that was canceled meanwhile is booked and stays unapplied", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  const url = await world.checkout(invoice.id);
  await world.pay(url);
  await world.call("POST", `/v1/invoices/${invoice.id}/cancel`, { reason: "a mistake" });
  await world.settle();
  expect(await world.paymentsOf(customer)).toMatchObject([{ amount: 700, unapplied: 700 }]);
  expect(world.shell.published.map(({ type }) => type)).toContain("payment.unexpected");
  await world.expectPromisesKept(customer);
});

test("a page that nobody paid runs out, and its document may open another", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  const url = await world.checkout(invoice.id);
  world.shell.clock.advance("P2D");
  await world.settle();
  expect(await world.pay(url)).toBe(410);
  expect(await world.pay(await world.checkout(invoice.id))).toBe(303);
});

test("the same key answers the same page, also for requests at the same time", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  const open = () =>
    world.call("POST", `/v1/invoices/${invoice.id}/checkout`, pages, { "idempotency-key": "k1" });
  const answers = await Promise.all([open(), open(), open()]);
  answers.push(await open());
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(new Set(answers.map(({ body }) => body.url)).size).toBe(1);
  expect(answers.at(-1)?.headers["idempotency-replayed"]).toBe("true");
  const other = { ...pages, amount: 1 };
  const reused = await world.call("POST", `/v1/invoices/${invoice.id}/checkout`, other, {
    "idempotency-key": "k1",
  });
  expect(reused).toMatchObject({ status: 422, body: { code: "idempotency.key-reused" } });
});

test("a crash between storing the intent and Stripe's answer ends in the same page on retry", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  const stripe = await world.shell.deps.stripe();
  const opened: string[] = [];
  const crashing = {
    ...stripe,
    openCheckout: async (...given: Parameters<typeof stripe.openCheckout>) => {
      const page = await stripe.openCheckout(...given);
      opened.push(page.url);
      if (opened.length === 1) throw new Error("the process dies here");
      return page;
    },
  };
  const retried = aCallWith(world, { stripe: async () => crashing });
  const open = () =>
    retried("POST", `/v1/invoices/${invoice.id}/checkout`, pages, { "idempotency-key": "k1" });
  expect((await open()).status).toBe(500);
  expect(await open()).toMatchObject({ status: 201, body: { url: opened[0] } });
  expect(new Set(opened).size).toBe(1);
});

const aCallWith = (world: StripeWorld, parts: Partial<StripeWorld["shell"]["deps"]>): ApiCall =>
  caller({ ...world.shell.deps, ...parts }, world.shell.apiKey);

test.each([
  ["more than the balance", { amount: 700.01 }, 422, "invoice.over-applied"],
  ["less than Stripe charges", { amount: 0.49 }, 422, "payment.amount-not-chargeable"],
  ["an address that is none", { successUrl: "/ok" }, 400, "request.invalid"],
  ["nothing at all", { amount: 0 }, 400, "request.invalid"],
])("refuses a page for %s", async (_name, over, status, code) => {
  const world = await aStripeWorld();
  const invoice = await world.document({ customer: await world.customer(), amount: 700 });
  const path = `/v1/invoices/${invoice.id}/checkout`;
  expect(await world.call("POST", path, { ...pages, ...over })).toMatchObject({
    status,
    body: { code },
  });
});

test("refuses a page for what can't be paid, and without an account", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const items = [{ name: "Work", quantity: 1, price: 700 }];
  const draft = (await world.call("POST", "/v1/invoices", { customer, items })).body;
  const paid = await world.document({ customer, amount: 700 });
  await world.call("POST", `/v1/invoices/${paid.id}/mark-paid`, {});
  const canceled = await world.document({ customer, amount: 700 });
  await world.call("POST", `/v1/invoices/${canceled.id}/cancel`, { reason: "a mistake" });
  for (const { id } of [draft, paid, canceled]) {
    expect(await world.call("POST", `/v1/invoices/${id}/checkout`, pages)).toMatchObject({
      status: 409,
      body: { code: "invoice.not-open" },
    });
  }
  const other = await world.shell.anotherAgency();
  const billTo = { company: "Birch" };
  const theirs = { customer: { billTo }, items, status: "Unpaid" };
  const { body } = await other.call("POST", "/v1/invoices", theirs);
  expect(await other.call("POST", `/v1/invoices/${body.id}/checkout`, pages)).toMatchObject({
    status: 409,
    body: { code: "stripe.not-connected" },
  });
});
