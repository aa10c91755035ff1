import { describe, expect, test } from "vitest";
import { countWrites } from "../../support/writes.ts";
import { aContact, aVisitor, type Json, lastMail, loggedIn, tokenIn } from "../portal/world.ts";
import { aStripeWorld, type StripeWorld } from "../stripe/world.ts";
import { canaries, expectChained, expectReadable, kindsOf, sightings } from "./canaries.ts";

interface Told {
  readonly customer: string;
  readonly contact: string;
  readonly invoice: string;
  readonly payment: string;
}

/** A year's worth of telling: every place that takes a text, a name or an address. */
async function tellEverything(world: StripeWorld): Promise<Told> {
  const { shell } = world;
  let count = 0;
  const ask = async (method: string, path: string, body: object, status: number): Promise<Json> => {
    count += 1;
    const answer = await shell.call(method, path, body, { "idempotency-key": `told-${count}` });
    expect({ path, status: answer.status, body: answer.body.detail }).toEqual({ path, status });
    return answer.body;
  };
  const { first: firstName, last: lastName, email, address, notes } = canaries;
  const billTo = { firstName, lastName, email, address, phone: "+1 555", legal: notes };
  const customer = (await ask("POST", "/v1/customers", { billTo, shipTo: billTo, notes }, 201)).id;
  const place = `/v1/customers/${customer}`;
  await ask("PATCH", place, { cc: [email], taxId: notes }, 200);
  const person = { firstName, lastName, email };
  const contact = (await ask("POST", `${place}/contacts`, person, 201)).id;
  const items = [{ name: `Work for ${firstName}`, quantity: 1, price: 100 }];
  const texts = { notes, terms: notes, header: `Dear ${firstName}`, poNumber: notes };
  const draft = { customer, items, ...texts };
  const retainer = await ask("POST", "/v1/invoices", { ...draft, isRetainer: true }, 201);
  const words = { email, subject: `For ${lastName}`, body: notes };
  await ask("POST", `/v1/invoices/${retainer.id}/send`, words, 202);
  const paid = { method: "Cash", reference: notes, notes: `from ${lastName}` };
  const payment = await ask("POST", `/v1/invoices/${retainer.id}/payments`, paid, 201);
  const invoice = await ask("POST", "/v1/invoices", { ...draft, status: "Unpaid" }, 201);
  const planned = await ask("POST", "/v1/invoices", draft, 201);
  await ask("POST", `/v1/invoices/${planned.id}/send`, { ...words, date: "2027-12-01" }, 202);
  const canceled = await ask(
    "POST",
    "/v1/invoices",
    { ...draft, status: "Unpaid", autoApply: "off" },
    201,
  );
  await ask("POST", `/v1/invoices/${canceled.id}/cancel`, { reason: notes }, 200);
  const credit = { customer, currency: "USD", amount: 10, reason: notes };
  await ask("POST", "/v1/credits", credit, 201);
  const quote = await ask("POST", "/v1/quotes", draft, 201);
  await ask("POST", `/v1/quotes/${quote.id}/mark-sent`, {}, 200);
  await ask("POST", `/v1/quotes/${quote.id}/approve`, { by: `${firstName} ${lastName}` }, 200);
  await ask("POST", `/v1/payments/${payment.id}/receipt`, { email }, 202);
  const back = {
    amount: 1,
    reason: notes,
    unapply: payment.applications?.map(({ id }: Json) => id),
  };
  await shell.call("POST", `/v1/payments/${payment.id}/refund`, back);
  await shell.deliver();
  await comeAndGo(world, { customer, contact });
  return { customer, contact, invoice: invoice.id, payment: payment.id };
}

/** Through the portal, and through Stripe's pages. */
async function comeAndGo(
  world: StripeWorld,
  { customer, contact }: Pick<Told, "customer" | "contact">,
) {
  const { shell } = world;
  const { email, last: lastName, notes } = canaries;
  const visitor = aVisitor(shell);
  await visitor.call("POST", "/portal/session/link", { agency: shell.agency.slug, email });
  await shell.deliver();
  const { link } = await lastMail(shell);
  expect((await visitor.call("POST", "/portal/session", { token: tokenIn(link) })).status).toBe(
    204,
  );
  const own = await loggedIn(shell, shell, { id: contact, customer, email });
  await own.call("PATCH", "/portal/profile", { lastName }, { "idempotency-key": "own" });
  await own.call("POST", "/portal/prepayments", { amount: 50, note: notes });
  const id = (await world.document({ customer, amount: 20 })).id;
  const page = await own.call("POST", `/portal/invoices/${id}/pay`, { save: true });
  const card = { number: "4242424242424242", exp: "12/34", cvc: "123", name: lastName };
  await fetch(page.body.url, {
    method: "POST",
    body: new URLSearchParams(card),
    redirect: "manual",
  });
  await world.settle();
}

describe("erasing a contact", () => {
  test("leaves numbers and amounts, and no trace of the person in the whole table", async () => {
    const world = await aStripeWorld();
    const { shell } = world;
    await shell.call("PATCH", "/v1/agency", {
      settings: { clientInitiatedPayments: { enabled: true } },
    });
    const told = await tellEverything(world);
    expect(kindsOf(await sightings(shell))).toHaveLength(5);
    const figures = await figuresOf(world, told);
    const path = `/v1/customers/${told.customer}/contacts/${told.contact}`;
    expect((await shell.call("POST", `${path}/erase`, {})).status).toBe(202);
    await world.settle({ copies: 2 });
    expect(await sightings(shell)).toEqual([]);
    expect((await shell.call("GET", path)).status).toBe(404);
    expect(await figuresOf(world, told)).toEqual(figures);
    await expectChained(shell);
    await world.expectPromisesKept(told.customer);
    const { customer, invoice, payment } = told;
    await expectReadable(shell, { customer, invoice, payment });
    expect(shell.errors).toEqual([]);
  });

  test("shuts the contact out at once, and says who asked for it", async () => {
    const world = await aStripeWorld();
    const { shell } = world;
    const person = await aContact(shell);
    const visitor = await loggedIn(shell, shell, person);
    const path = `/v1/customers/${person.customer}/contacts/${person.id}/erase`;
    expect((await shell.call("POST", path)).status).toBe(202);
    expect((await visitor.call("GET", "/portal/me")).status).toBe(401);
    await shell.deliver();
    const { docs } = (await shell.call("GET", "/v1/events?type=contact.erased")).body;
    expect(docs).toMatchObject([
      { subject: person.id, actor: { apiKey: expect.any(String) }, data: { whole: true } },
    ]);
  });

  test("leaves the customer's address and notes while somebody else is there", async () => {
    const world = await aStripeWorld();
    const { shell } = world;
    const billTo = { company: "Acme", address: "Main Street 1", email: "office@acme.test" };
    const notes = "Call Ann Lee, annual rate";
    const made = await shell.call("POST", "/v1/customers", { billTo, notes });
    const customer = made.body.id;
    await aContact(shell, { customer, email: "ann@acme.test" });
    const other = await aContact(shell, { customer, email: "bo@acme.test" });
    const { docs } = (await shell.call("GET", `/v1/customers/${customer}/contacts`)).body;
    const ann = docs.find(({ email }: Json) => email === "ann@acme.test");
    await shell.call("PATCH", `/v1/customers/${customer}/contacts/${other.id}`, {
      ...{ firstName: "Bo", lastName: "Li" },
    });
    await shell.call("POST", `/v1/customers/${customer}/contacts/${ann.id}/erase`);
    await shell.deliver();
    const kept = (await shell.call("GET", `/v1/customers/${customer}`)).body;
    expect(kept).toMatchObject({ billTo, notes: "Call [erased], annual rate" });
    const left = (await shell.call("GET", `/v1/customers/${customer}/contacts`)).body.docs;
    expect(left).toMatchObject([{ id: other.id, firstName: "Bo", primary: true }]);
  });

  test("knows who the person was before a name and an address changed", async () => {
    const { shell } = await aStripeWorld();
    const { first: firstName, last: lastName, email } = canaries;
    const customer = (await shell.call("POST", "/v1/customers", { billTo: { company: "Acme" } }))
      .body.id;
    const bo = await aContact(shell, { customer, email: "bo@acme.test" });
    const contacts = `/v1/customers/${customer}/contacts`;
    const made = await shell.call("POST", contacts, { firstName, lastName, email });
    const items = [{ name: `Work for ${firstName}`, quantity: 1, price: 100 }];
    const invoice = (await shell.call("POST", "/v1/invoices", { customer, items })).body.id;
    const words = { email, subject: `For ${lastName}`, body: `Dear ${firstName}` };
    await shell.call("POST", `/v1/invoices/${invoice}/send`, words);
    const visitor = await loggedIn(shell, shell, { id: made.body.id, customer, email });
    await visitor.call("PATCH", "/portal/profile", { lastName: "Lee", email: "lee@acme.test" });
    await shell.call("PATCH", `${contacts}/${made.body.id}`, { firstName: "Ann" });
    await shell.deliver();
    expect(kindsOf(await sightings(shell))).toHaveLength(3);
    const { body } = await shell.call("GET", `${contacts}/${made.body.id}/export`);
    for (const told of [firstName, lastName, email]) {
      expect(JSON.stringify(body.records)).toContain(told);
    }
    expect((await shell.call("POST", `${contacts}/${made.body.id}/erase`)).status).toBe(202);
    await shell.deliver();
    expect(await sightings(shell)).toEqual([]);
    const left = (await shell.call("GET", contacts)).body.docs;
    expect(left).toMatchObject([{ id: bo.id, email: "bo@acme.test" }]);
  });

  test("is for admins, and refused without a trace otherwise", async () => {
    const world = await aStripeWorld();
    const { shell } = world;
    const { customer, id } = await aContact(shell);
    const body = { name: "member", role: "member" };
    const member = (await shell.call("POST", "/v1/api-keys", body)).body.key;
    const accepted = countWrites(shell.table);
    const path = `/v1/customers/${customer}/contacts/${id}/erase`;
    const refused = await shell.call("POST", path, {}, { "api-key": member });
    expect(refused).toMatchObject({ status: 403, body: { code: "role.too-low" } });
    const stale = await shell.call("POST", path, {}, { "if-match": "9" });
    expect(stale.status).toBe(412);
    expect(accepted()).toBe(0);
  });
});

async function figuresOf({ shell }: StripeWorld, { customer, invoice, payment }: Told) {
  const read = async (path: string) => (await shell.call("GET", path)).body;
  const { number, total, paid, balance, status } = await read(`/v1/invoices/${invoice}`);
  const money = await read(`/v1/payments/${payment}`);
  const { docs } = await read(`/v1/customers/${customer}/journal?limit=100`);
  return {
    ...{ number, total, paid, balance, status, docs },
    balances: (await read(`/v1/customers/${customer}/balance`)).balances,
    payment: { amount: money.amount, unapplied: money.unapplied, refunded: money.refunded },
  };
}

test("the export holds all that is known of a contact", async () => {
  const world = await aStripeWorld();
  const { shell } = world;
  await shell.call("PATCH", "/v1/agency", {
    settings: { clientInitiatedPayments: { enabled: true } },
  });
  const { customer, contact, invoice, payment } = await tellEverything(world);
  const path = `/v1/customers/${customer}/contacts/${contact}/export`;
  const { status, body } = await shell.call("GET", path);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    contact: { id: contact, email: canaries.email },
    customer: { id: customer, notes: canaries.notes },
    isWhole: true,
  });
  const ids = body.records.map(({ id }: Json) => id);
  expect(ids).toEqual(expect.arrayContaining([customer, invoice, payment]));
  const places = new Set(body.records.map(({ place }: Json) => place.split(" ")[0]));
  expect([...places]).toEqual(
    expect.arrayContaining(["CUS", "C", "INV", "PAY", "QUO", "CRE", "FEED", "INTENT"]),
  );
});
