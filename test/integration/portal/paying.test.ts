import { expect, test } from "vitest";
import { loadCustomer } from "../../../domain/customers/customer.store.ts";
import { documentLink } from "../../../functions/portal/links.ts";
import { allItems } from "../../support/digest.ts";
import { countWrites } from "../../support/writes.ts";
import { aStripeWorld, cards, type StripeWorld } from "../stripe/world.ts";
import {
  aContact,
  aDocument,
  aPortalWorld,
  aVisitor,
  loggedIn,
  type Person,
  settings,
  tokenIn,
  type Visitor,
} from "./world.ts";

interface PayWorld extends StripeWorld {
  readonly person: Person;
  readonly visitor: Visitor;
}

async function aPayWorld(): Promise<PayWorld> {
  const world = await aStripeWorld();
  const person = await aContact(world.shell);
  return { ...world, person, visitor: await loggedIn(world.shell, world.shell, person) };
}

/** A card on file, saved by paying with it. */
async function withSavedCard(world: PayWorld): Promise<string> {
  const { customer } = world.person;
  const { id } = await aDocument(world.shell, { customer, amount: 1 });
  const { body } = await world.visitor.call("POST", `/portal/invoices/${id}/pay`, { save: true });
  expect(await world.pay(body.url)).toBe(303);
  await world.settle();
  const { docs } = await world.visitor.get("/portal/payment-methods");
  return docs[0].id;
}

test("a contact pays a retainer on Stripe's page; the money waits for the work", async () => {
  const world = await aPayWorld();
  const { shell, visitor, person } = world;
  const { customer } = person;
  const retainer = await aDocument(shell, { customer, amount: 5000, isRetainer: true });
  const shown = await visitor.get(`/portal/invoices/${retainer.id}`);
  expect(shown.pay).toEqual({ amount: 5000, minimum: null, mayOverpay: true });
  const opened = await visitor.call("POST", `/portal/invoices/${retainer.id}/pay`, {});
  expect(opened).toMatchObject({ status: 201, body: { url: expect.stringMatching(/^http/) } });
  expect(await world.pay(opened.body.url)).toBe(303);
  await world.settle({ copies: 2, shuffled: true });
  expect(await visitor.get(`/portal/invoices/${retainer.id}`)).toMatchObject({
    ...{ status: "Paid", drawStatus: "Undrawn", pay: null },
    fundedBy: [{ amount: 5000 }],
  });
  expect((await visitor.get("/portal/home")).retainers).toMatchObject([{ remaining: 5000 }]);
  await world.expectPromisesKept(customer);
});

test("several invoices are paid on one page", async () => {
  const world = await aPayWorld();
  const { shell, visitor, person } = world;
  const { customer } = person;
  const invoices = [
    (await aDocument(shell, { customer, amount: 100 })).id,
    (await aDocument(shell, { customer, amount: 200 })).id,
  ];
  const { status, body } = await visitor.call("POST", "/portal/pay", { invoices });
  expect(status).toBe(201);
  await world.pay(body.url);
  await world.settle();
  const { docs } = await visitor.get("/portal/invoices?status=paid");
  expect(docs).toHaveLength(2);
  expect((await visitor.get("/portal/payments")).docs).toMatchObject([{ amount: 300 }]);
});

test("a retainer is paid alone", async () => {
  const { shell, visitor, person } = await aPayWorld();
  const { customer } = person;
  const { id } = await aDocument(shell, { customer, amount: 100 });
  const retainer = await aDocument(shell, { customer, amount: 200, isRetainer: true });
  const body = { invoices: [id, retainer.id] };
  const refused = await visitor.call("POST", "/portal/pay", body);
  expect(refused).toMatchObject({ status: 422, body: { code: "payment.mixed" } });
});

test.each([
  ["part of it where only the whole is taken", {}, 40, "Pay the whole sum."],
  [
    "less than the least part",
    { underPayment: { allowed: true, minimum: 50 } },
    40,
    "Pay a larger",
  ],
  ["more where that isn't taken", { overPayment: false }, 140, "asks for less"],
])("refuses %s, with nothing changed", async (_name, rules, amount, detail) => {
  const { shell, visitor, person } = await aPayWorld();
  await settings(shell, rules);
  const { id } = await aDocument(shell, { customer: person.customer, amount: 100 });
  const accepted = countWrites(shell.table);
  const refused = await visitor.call("POST", `/portal/invoices/${id}/pay`, { amount });
  expect(refused).toMatchObject({ status: 422, body: { code: "invoice.amount-out-of-range" } });
  expect(refused.body.detail).toContain(detail);
  expect(accepted()).toBe(0);
});

test("a part may be paid where the agency allows it, and more where it takes that", async () => {
  const world = await aPayWorld();
  const { shell, visitor, person } = world;
  await settings(shell, { underPayment: { allowed: true, minimum: 50 } });
  const { id } = await aDocument(shell, { customer: person.customer, amount: 100 });
  const path = `/portal/invoices/${id}`;
  expect((await visitor.get(path)).pay).toEqual({ amount: 100, minimum: 50, mayOverpay: true });
  const part = await visitor.call("POST", `${path}/pay`, { amount: 60 });
  await world.pay(part.body.url);
  await world.settle();
  expect(await visitor.get(path)).toMatchObject({ status: "Partial", balance: 40 });
  const more = await visitor.call("POST", `${path}/pay`, { amount: 90 });
  await world.pay(more.body.url);
  await world.settle();
  expect(await visitor.get(path)).toMatchObject({ status: "Paid", balance: 0 });
  expect((await visitor.get("/portal/home")).balances).toMatchObject([{ unapplied: 50 }]);
});

test.each([
  ["a paid", "mark-paid", {}],
  ["a canceled", "cancel", { reason: "twice" }],
])("refuses to pay %s invoice", async (_name, action, body) => {
  const { shell, visitor, person } = await aPayWorld();
  const { id } = await aDocument(shell, { customer: person.customer, amount: 100 });
  await shell.call("POST", `/v1/invoices/${id}/${action}`, body);
  const refused = await visitor.call("POST", `/portal/invoices/${id}/pay`, {});
  expect(refused).toMatchObject({ status: 409, body: { code: "invoice.not-open" } });
});

test("without a Stripe account there is no way to pay, and no button", async () => {
  const { shell, visitor, person } = await aPortalWorld();
  await settings(shell, { payment: { instructions: "IBAN 123" } });
  const { id } = await aDocument(shell, { customer: person.customer, amount: 100 });
  expect((await visitor.get(`/portal/invoices/${id}`)).pay).toBeNull();
  const me = await visitor.get("/portal/me");
  expect(me.payment).toMatchObject({ online: false, instructions: "IBAN 123" });
  const methods = await visitor.get("/portal/payment-methods");
  expect(methods).toEqual({ docs: [], canAdd: false });
  const refused = await visitor.call("POST", `/portal/invoices/${id}/pay`, {});
  expect(refused).toMatchObject({ status: 409, body: { code: "stripe.not-connected" } });
});

test("a saved card is charged without another page", async () => {
  const world = await aPayWorld();
  const { shell, visitor, person } = world;
  const paymentMethod = await withSavedCard(world);
  const { id } = await aDocument(shell, { customer: person.customer, amount: 100 });
  const charged = await visitor.call("POST", `/portal/invoices/${id}/pay`, { paymentMethod });
  expect(charged).toMatchObject({ status: 202, body: { status: "Pending" } });
  expect((await visitor.get(`/portal/invoices/${id}`)).status).toBe("Pending");
  await world.settle();
  expect((await visitor.get(`/portal/invoices/${id}`)).status).toBe("Paid");
  const other = { paymentMethod: "pm_of_somebody_else" };
  const { id: next } = await aDocument(shell, { customer: person.customer, amount: 100 });
  const refused = await visitor.call("POST", `/portal/invoices/${next}/pay`, other);
  expect(refused).toMatchObject({ status: 404, body: { code: "payment-method.not-found" } });
});

test("a card of another customer is as unknown as none", async () => {
  const world = await aPayWorld();
  const { shell } = world;
  const paymentMethod = await withSavedCard(world);
  const colleague = await aContact(shell, { company: "Beta", email: "bo@beta.test" });
  const visitor = await loggedIn(shell, shell, colleague);
  const { id } = await aDocument(shell, { customer: colleague.customer, amount: 100 });
  for (const [method, path, body] of [
    ["POST", `/portal/invoices/${id}/pay`, { paymentMethod }],
    ["POST", `/portal/payment-methods/${paymentMethod}/default`, undefined],
    ["DELETE", `/portal/payment-methods/${paymentMethod}`, undefined],
  ] as const) {
    const answer = await visitor.call(method, path, body);
    expect(answer).toMatchObject({ status: 404, body: { code: "payment-method.not-found" } });
  }
  expect((await world.visitor.get("/portal/payment-methods")).docs).toHaveLength(1);
});

test("cards are added on Stripe's page, one is the default, and can be removed", async () => {
  const world = await aPayWorld();
  const { visitor } = world;
  for (const number of [cards.good, cards.failsLater]) {
    const { status, body } = await visitor.call("POST", "/portal/payment-methods", {});
    expect(status).toBe(201);
    expect(await world.pay(body.url, number)).toBe(303);
    await world.settle();
  }
  const [first, second] = (await visitor.get("/portal/payment-methods")).docs;
  expect(first).toMatchObject({ last4: "4242", isDefault: true, isExpired: false });
  const chosen = await visitor.call("POST", `/portal/payment-methods/${second.id}/default`);
  expect(chosen.status).toBe(204);
  const swapped = (await visitor.get("/portal/payment-methods")).docs;
  expect(swapped.map(({ id }: never) => id)).toEqual([second.id, first.id]);
  expect((await visitor.call("DELETE", `/portal/payment-methods/${second.id}`)).status).toBe(204);
  await world.settle();
  const left = (await visitor.get("/portal/payment-methods")).docs;
  expect(left).toMatchObject([{ id: first.id, isDefault: true }]);
});

test("the same choice made again later is made again", async () => {
  const world = await aPayWorld();
  const { visitor } = world;
  for (const number of [cards.good, cards.failsLater]) {
    const { body } = await visitor.call("POST", "/portal/payment-methods", {});
    await world.pay(body.url, number);
    await world.settle();
  }
  const [first, second] = (await visitor.get("/portal/payment-methods")).docs;
  const choose = (id: string, key: string) =>
    visitor.call("POST", `/portal/payment-methods/${id}/default`, undefined, {
      "idempotency-key": key,
    });
  for (const [id, key] of [
    [second.id, "1"],
    [first.id, "2"],
    [second.id, "3"],
  ] as const) {
    expect((await choose(id, key)).status).toBe(204);
    expect((await visitor.get("/portal/payment-methods")).docs[0].id).toBe(id);
  }
  // A repeated request is answered, not done again.
  expect((await choose(first.id, "2")).headers["idempotency-replayed"]).toBe("true");
  expect((await visitor.get("/portal/payment-methods")).docs[0].id).toBe(second.id);
});

test("whoever stands on the page to pay ahead is not deleted, and the money arrives", async () => {
  const world = await aPayWorld();
  const { shell, visitor, person } = world;
  await settings(shell, { clientInitiatedPayments: { enabled: true, minimum: 0 } });
  const sent = await visitor.call("POST", "/portal/prepayments", { amount: 250 });
  shell.clock.advance("P6D");
  const writes = countWrites(shell.table);
  expect(await world.call("DELETE", `/v1/customers/${person.customer}`)).toMatchObject({
    status: 409,
    body: { code: "customer.in-use" },
  });
  expect(writes()).toBe(0);
  shell.clock.set("2027-03-01T09:10:00.000Z");
  await world.pay(sent.body.url);
  await world.settle();
  expect(await world.paymentsOf(person.customer)).toMatchObject([{ amount: 250 }]);
});

test("Stripe forgets a deleted customer that only saved a method, and nothing announces its card", async () => {
  const world = await aPayWorld();
  const { shell, visitor, person, account } = world;
  const page = await visitor.call("POST", "/portal/payment-methods", {});
  expect(await world.pay(page.body.url)).toBe(303);
  await world.settle();
  const { stripe } = (await loadCustomer(world.tenant, person.customer)) ?? {};
  const gateway = await shell.deps.stripe();
  const atStripe = () => gateway.customerMetadata({ account }, stripe?.customer ?? "");
  expect(await atStripe()).toMatchObject({ customer: person.customer });
  const dueOf = async () =>
    (await allItems(shell.table)).filter(
      ({ pk, sk }) => String(pk).includes(person.customer) && String(sk).startsWith("DUE#"),
    );
  expect(await dueOf()).toHaveLength(1);
  shell.clock.advance("P8D");
  expect(await world.call("DELETE", `/v1/customers/${person.customer}`)).toMatchObject({
    status: 204,
  });
  await world.settle({ copies: 2 });
  expect(await atStripe()).toBeUndefined();
  expect(await dueOf()).toEqual([]);
  expect(shell.errors).toEqual([]);
});

test("money is sent ahead once, and waits", async () => {
  const world = await aPayWorld();
  const { shell, visitor } = world;
  await settings(shell, { clientInitiatedPayments: { enabled: true, minimum: 100 } });
  expect((await visitor.get("/portal/me")).prePayment).toEqual({
    ...{ enabled: true, minimum: 100, recurring: true },
  });
  const low = await visitor.call("POST", "/portal/prepayments", { amount: 99.99 });
  expect(low).toMatchObject({ status: 422, body: { code: "invoice.amount-out-of-range" } });
  const sent = await visitor.call("POST", "/portal/prepayments", { amount: 250, note: "for May" });
  expect(sent.status).toBe(201);
  await world.pay(sent.body.url);
  await world.settle();
  const [payment] = await world.paymentsOf(world.person.customer);
  expect(payment).toMatchObject({
    ...{ amount: 250, unapplied: 250, source: "prepayment", notes: "for May", retainer: null },
  });
  expect((await visitor.get("/portal/prepayments")).docs).toEqual([]);
});

test("repeated pre-payments count from the day the first one came", async () => {
  const world = await aPayWorld();
  const { shell, visitor, person } = world;
  await settings(shell, { clientInitiatedPayments: { enabled: true } });
  const recurring = { frequency: "twoWeeks", cycles: 6 };
  const sent = await visitor.call("POST", "/portal/prepayments", { amount: 1000, recurring });
  expect(sent.status).toBe(201);
  const list = async () => (await visitor.get("/portal/prepayments")).docs;
  expect(await list()).toMatchObject([{ status: "Pending", cyclesLeft: 6, nextOn: null }]);
  shell.clock.advance("PT12H");
  await world.pay(sent.body.url);
  await world.settle({ copies: 2, shuffled: true });
  expect(await list()).toMatchObject([
    { status: "Active", cyclesLeft: 5, startOn: "2027-03-01", nextOn: "2027-03-15" },
  ]);
  expect((await visitor.get("/portal/home")).comingUp).toMatchObject([
    { kind: "prepayment", on: "2027-03-15", amount: 1000 },
  ]);
  const [{ id }] = await list();
  const canceled = await visitor.call("POST", `/portal/prepayments/${id}/cancel`);
  expect(canceled).toMatchObject({ status: 200, body: { status: "Canceled", nextOn: null } });
  const again = await visitor.call("POST", `/portal/prepayments/${id}/cancel`);
  expect(again).toMatchObject({ status: 409, body: { code: "prepayment.not-open" } });
  const colleague = await aContact(shell, { company: "Beta", email: "bo@beta.test" });
  const other = await loggedIn(shell, shell, colleague);
  expect((await other.call("POST", `/portal/prepayments/${id}/cancel`)).status).toBe(404);
  expect((await other.get("/portal/prepayments")).docs).toEqual([]);
  expect(person.customer).not.toBe(colleague.customer);
});

test.each([
  ["a currency the agency doesn't work in", {}, { amount: 100, currency: "EUR" }, 422],
  [
    "repeating where it isn't offered",
    { recurring: false },
    { amount: 100, recurring: { frequency: "monthly", cycles: null } },
    400,
  ],
  ["more decimals than the currency has", {}, { amount: 100.001 }, 400],
])("refuses %s, with nothing changed", async (_name, rules, body, status) => {
  const { shell, visitor } = await aPayWorld();
  await settings(shell, { clientInitiatedPayments: { enabled: true, ...rules } });
  const accepted = countWrites(shell.table);
  expect((await visitor.call("POST", "/portal/prepayments", body)).status).toBe(status);
  expect(accepted()).toBe(0);
});

test("the one document that a mail's link opens can be paid there", async () => {
  const world = await aPayWorld();
  const { shell, person } = world;
  const { id } = await aDocument(shell, { customer: person.customer, amount: 100 });
  const { url } = await documentLink(shell.deps, {
    agency: shell.agency,
    customer: person.customer as never,
    contact: person.id as never,
    document: id,
  });
  const reader = aVisitor(shell);
  await reader.call("POST", "/portal/session", { token: tokenIn(url) });
  const opened = await reader.call("POST", `/portal/invoices/${id}/pay`, {});
  expect(await world.pay(opened.body.url)).toBe(303);
  await world.settle();
  expect((await reader.get(`/portal/invoices/${id}`)).status).toBe("Paid");
});

test("a repeated request under one key opens one page", async () => {
  const { shell, visitor, person } = await aPayWorld();
  const { id } = await aDocument(shell, { customer: person.customer, amount: 100 });
  const pay = () =>
    visitor.call("POST", `/portal/invoices/${id}/pay`, {}, { "idempotency-key": "once" });
  const [first, second] = [await pay(), await pay()];
  expect(second.body).toEqual(first.body);
  expect(second.headers["idempotency-replayed"]).toBe("true");
});
