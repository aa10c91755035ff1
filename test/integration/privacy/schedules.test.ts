import { expect, test } from "vitest";
import { loadCustomer } from "../../../domain/customers/customer.store.ts";
import type { Item } from "../../../domain/shared/table.store.ts";
import { topUpRetainer } from "../../../functions/consumers/balance-changed-top-up.ts";
import { allItems } from "../../support/digest.ts";
import { tick } from "../../support/ticking.ts";
import { aTimeWorld, failing, type Json, type TimeWorld } from "../recurring/world.ts";
import { canaries, expectChained, expectReadable, kindsOf, sightings } from "./canaries.ts";

const { first, last, email, address, notes } = canaries;

interface Scheduled {
  readonly customer: string;
  readonly contact: string;
  readonly recurring: string;
  readonly prepayment: string;
  readonly invoice: string;
}

const ask = async (
  { call }: TimeWorld,
  method: string,
  path: string,
  body: object,
): Promise<Json> => {
  const answer = await call(method, path, body);
  expect({ path, ok: answer.status < 300, detail: answer.body.detail }).toEqual({ path, ok: true });
  return answer.body;
};

/** A customer of whom everything that the clock does knows something, and whose card declines. */
async function aScheduledPerson(world: TimeWorld): Promise<Scheduled> {
  const lateFee = { type: "percent", value: 2.5, days: 3 };
  await ask(world, "PATCH", "/v1/agency", { settings: { lateFee } });
  const billTo = { firstName: first, lastName: last, email, address, legal: notes };
  const customer = await world.customer({ billTo, notes });
  const person = { firstName: first, lastName: last, email };
  const contact = (await ask(world, "POST", `/v1/customers/${customer}/contacts`, person)).id;
  const paid = await world.document({ customer, amount: 10 });
  expect(await world.pay(await world.checkout(paid.id, { save: true }))).toBe(303);
  await world.settle();
  const words = { notes, terms: `Agreed with ${last}`, header: `Dear ${first}`, poNumber: notes };
  const extraFields = [{ name: "Contact", value: `${first} ${last}` }];
  const items = [{ name: `Care plan of ${first}`, quantity: 1, price: 100 }];
  const template = { customer, items, ...words, extraFields };
  const recurring = await world.recurring(customer, {
    ...{ template, frequency: "daily", startOn: "2027-03-08", autoBill: "always" },
  });
  await world.recurring(customer, { template, status: "Draft" });
  const prepayment = await world.prepayment(customer, { note: `${notes} from ${last}` });
  await ask(world, "PUT", `/v1/customers/${customer}/top-up?currency=USD`, {
    ...{ threshold: 100, amount: 500, action: "charge", monthlyCap: 1000 },
  });
  const funds = { customer, amount: 150, currency: "USD", method: "Cash", reference: notes };
  await ask(world, "POST", "/v1/payments", funds);
  const draft = { customer, items, ...words };
  const open = { ...draft, date: "2027-03-01", dueDate: "2027-03-03", autoApply: "off" };
  const invoice = await ask(world, "POST", "/v1/invoices", open);
  const mail = { email, subject: `For ${last}`, body: notes };
  await ask(world, "POST", `/v1/invoices/${invoice.id}/send`, mail);
  const planned = await ask(world, "POST", "/v1/invoices", draft);
  await ask(world, "POST", `/v1/invoices/${planned.id}/send`, { ...mail, date: "2027-03-20" });
  const quote = await ask(world, "POST", "/v1/quotes", { ...draft, validUntil: "2027-03-25" });
  await ask(world, "POST", `/v1/quotes/${quote.id}/mark-sent`, {});
  await world.attach(customer, failing);
  return {
    ...{ customer, contact },
    recurring: recurring.id,
    prepayment: prepayment.id,
    invoice: invoice.id,
  };
}

const dueOf = async ({ shell }: TimeWorld): Promise<string[]> =>
  (await allItems(shell.table))
    .filter(({ dueShard }: Item) => dueShard !== undefined)
    .map(({ kind, what }: Item) => `${kind} ${what}`)
    .sort();

const erase = (
  { call }: TimeWorld,
  { customer, contact }: Pick<Scheduled, "customer" | "contact">,
) => call("POST", `/v1/customers/${customer}/contacts/${contact}/erase`, {});

const placesOf = (seen: readonly string[]): Set<string> =>
  new Set(
    seen.map((one) => {
      const [pk = "", sk = ""] = one.split(" in ")[1]?.split(" ") ?? [];
      return `${pk.split("#")[2] ?? ""} ${sk.split("#").slice(0, 2).join("#")}`;
    }),
  );

test("leaves no trace of the person in schedules, pre-payments, planned mails and charges", async () => {
  const world = await aTimeWorld();
  const { shell } = world;
  const told = await aScheduledPerson(world);
  await world.pass("2027-03-09T12:00:00.000Z");
  const seen = await sightings(shell);
  expect(kindsOf(seen)).toHaveLength(5);
  expect([...placesOf(seen)]).toEqual(
    expect.arrayContaining(["REC LINES", "PRE PRE", "INV DUE#send", "INTENT INTENT"]),
  );
  const { lastError } = await world.get(`/v1/prepayments/${told.prepayment}`);
  expect(lastError).toMatchObject({ code: "generic_decline" });
  expect(await dueOf(world)).toEqual(
    expect.arrayContaining([
      ...["INV charge", "INV send", "PRE cycle", "PRE retry", "REC occurrence"],
      expect.stringMatching(/^CUS card-/),
    ]),
  );
  const before = await world.journalOf(told.customer);
  expect(world.typesOf()).toEqual(
    expect.arrayContaining(["invoice.late-fee", "invoice.reminded", "top-up.asked"]),
  );

  expect((await erase(world, told)).status).toBe(202);
  await world.settle({ copies: 2 });
  expect(await sightings(shell)).toEqual([]);
  expect(await world.journalOf(told.customer)).toEqual(before);
  await expectChained(shell);
  await world.expectPromisesKept(told.customer);
  const { customer, recurring, prepayment, invoice } = told;
  await expectReadable(shell, { customer, recurring, prepayment, invoice });
  expect(shell.errors).toEqual([]);
});

const moneyAndMails = async (world: TimeWorld, customer: string) => ({
  mails: (await world.subjects()).filter((one) => !one.startsWith(world.shell.agency.email)),
  payments: (await world.paymentsOf(customer)).map(({ id, status }) => ({ id, status })),
  invoices: (await world.get(`/v1/invoices?customer=${customer}&limit=100`)).docs.map(
    ({ id, status }: Json) => ({ id, status }),
  ),
});

test("ends what repeats: weeks later nothing was made, charged or mailed", async () => {
  const world = await aTimeWorld();
  const told = await aScheduledPerson(world);
  const { customer, recurring, prepayment } = told;
  await world.pass("2027-03-09T12:00:00.000Z");
  expect((await erase(world, told)).status).toBe(202);
  await world.settle({ copies: 2 });
  const { docs } = await world.get(`/v1/recurring-invoices?customer=${customer}`);
  expect(docs.map(({ status }: Json) => status)).toEqual(["Completed", "Completed"]);
  expect(await world.get(`/v1/recurring-invoices/${recurring}`)).toMatchObject({ nextOn: null });
  expect(await world.get(`/v1/prepayments/${prepayment}`)).toMatchObject({
    ...{ status: "Canceled", nextOn: null, note: null },
    lastError: { code: "generic_decline" },
  });
  const rule = await world.call("GET", `/v1/customers/${customer}/top-up?currency=USD`);
  expect(rule.status).toBe(404);
  const ofTheBooks = /^(INV (overdue|late-fee|reminder-.*)|QUO expiry)$/;
  expect((await dueOf(world)).filter((due) => !ofTheBooks.test(due))).toEqual([]);
  const ended = ["recurring.stopped", "prepayment.canceled", "invoice.unscheduled"];
  for (const type of [...ended, "top-up.removed"]) {
    const reported = world.shell.published.filter((one) => one.type === type);
    expect(reported).not.toEqual([]);
    for (const { actor } of reported) expect(actor).toHaveProperty("apiKey");
  }
  const before = await moneyAndMails(world, customer);
  await world.pass("2027-04-20T00:00:00.000Z");
  expect(await moneyAndMails(world, customer)).toEqual(before);
  expect(await sightings(world.shell)).toEqual([]);
  expect(world.shell.errors).toEqual([]);
});

test("a charge that was on its way when the person went is not tried again", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod(failing);
  const person = { firstName: first, lastName: last, email };
  const { id: contact } = await ask(world, "POST", `/v1/customers/${customer}/contacts`, person);
  const template = { customer, items: [{ name: "Care plan", quantity: 1, price: 100 }] };
  const { id: recurring } = await world.recurring(customer, {
    ...{ template, startOn: "2027-03-08", autoBill: "always", autoBillOn: "issue" },
  });
  const { id: prepayment } = await world.prepayment(customer, { cycles: 1 });
  world.shell.clock.set("2027-03-08T06:00:00.000Z");
  // The occurrence and the cycle, then the charge of what the occurrence made; nobody was told yet.
  expect(await tick(world.shell.deps)).toBe(2);
  expect(await tick(world.shell.deps)).toBe(1);
  const pending = (await world.paymentsOf(customer)).filter(({ status }) => status === "Pending");
  expect(pending).toHaveLength(2);
  expect((await erase(world, { customer, contact })).status).toBe(202);
  await world.pass("2027-04-20T00:00:00.000Z");
  const payments = await world.paymentsOf(customer);
  expect(payments.filter(({ status }) => status === "Succeeded")).toHaveLength(1);
  expect(payments.filter(({ status }) => status === "Failed")).toHaveLength(2);
  expect(payments).toHaveLength(3);
  expect(await world.get(`/v1/recurring-invoices/${recurring}`)).toMatchObject({ issued: 1 });
  expect((await world.get(`/v1/prepayments/${prepayment}`)).nextOn).toBeNull();
  expect(world.shell.errors).toEqual([]);
  await world.expectPromisesKept(customer);
});

test("Stripe forgets who went and what they paid with, and still sends money back", async () => {
  const world = await aTimeWorld();
  const { shell, account, tenant } = world;
  const customer = await world.withMethod();
  const person = { firstName: first, lastName: last, email };
  const { id: contact } = await ask(world, "POST", `/v1/customers/${customer}/contacts`, person);
  const place = { account };
  const known = (await loadCustomer(tenant, customer))?.stripe?.customer ?? "";
  const stripe = await shell.deps.stripe();
  const [method] = await stripe.listMethods(place, known);
  expect(await stripe.customerMetadata(place, known)).toMatchObject({ customer });
  expect((await erase(world, { customer, contact })).status).toBe(202);
  await world.settle({ copies: 2 });
  expect(await stripe.customerMetadata(place, known)).toBeUndefined();
  expect(await stripe.methodNow(place, method?.id ?? "")).toMatchObject({ customer: null });
  const [paid] = await world.paymentsOf(customer);
  const [{ invoice }] = paid.applications;
  await ask(world, "POST", `/v1/invoices/${invoice}/cancel`, {});
  const refunded = await ask(world, "POST", `/v1/payments/${paid.id}/refund`, { amount: 4 });
  expect(refunded).toMatchObject({ amount: 4, status: "Pending" });
  await world.settle();
  expect((await world.get(`/v1/payments/${paid.id}`)).refunds).toMatchObject([
    { amount: 4, status: "Succeeded" },
  ]);
  expect(shell.errors).toEqual([]);
  await world.expectPromisesKept(customer);
});

test("who goes after the agency left Stripe is forgotten here all the same", async () => {
  const world = await aTimeWorld();
  const customer = await world.withMethod();
  const person = { firstName: first, lastName: last, email };
  const { id: contact } = await ask(world, "POST", `/v1/customers/${customer}/contacts`, person);
  world.standIn.control.deauthorize(world.account);
  expect((await erase(world, { customer, contact })).status).toBe(202);
  await world.settle();
  expect(world.typesOf()).toEqual(
    expect.arrayContaining(["customer.stripe-removal-asked", "contact.erased"]),
  );
  expect(await sightings(world.shell)).toEqual([]);
  expect(world.shell.errors).toEqual([]);
});

test("what was told before the person went wakes no rule of the agency's", async () => {
  const world = await aTimeWorld();
  const { shell } = world;
  const topUp = { threshold: 100, amount: 500 };
  await ask(world, "PATCH", "/v1/agency", { settings: { retainer: { topUp } } });
  const customer = await world.customer();
  const person = { firstName: first, lastName: last, email };
  const { id: contact } = await ask(world, "POST", `/v1/customers/${customer}/contacts`, person);
  const own = { threshold: 0, amount: 500, action: "request" };
  await ask(world, "PUT", `/v1/customers/${customer}/top-up?currency=USD`, own);
  const funds = { customer, amount: 150, currency: "USD", method: "Cash" };
  await ask(world, "POST", "/v1/payments", funds);
  const items = [{ name: "Work", quantity: 1, price: 100 }];
  await ask(world, "POST", "/v1/invoices", { customer, items, status: "Unpaid" });
  await world.settle();
  expect((await erase(world, { customer, contact })).status).toBe(202);
  await world.settle();
  const old = shell.published.filter(({ type }) => type === "payment.received");
  expect(old).toHaveLength(1);
  for (const envelope of old) await topUpRetainer.run(shell.deps, envelope);
  expect((await world.get(`/v1/invoices?customer=${customer}&isRetainer=true`)).docs).toEqual([]);
});

test("schedules go on for a customer of whom somebody is left, without the name that went", async () => {
  const world = await aTimeWorld();
  const told = await aScheduledPerson(world);
  const { customer, recurring, prepayment } = told;
  const other = { firstName: "Bo", lastName: "Li", email: "bo@acme.test" };
  await ask(world, "POST", `/v1/customers/${customer}/contacts`, other);
  await world.pass("2027-03-09T12:00:00.000Z");
  expect((await erase(world, told)).status).toBe(202);
  await world.settle({ copies: 2 });
  expect(kindsOf(await sightings(world.shell)).sort()).toEqual([address, notes].sort());
  const going = await world.get(`/v1/recurring-invoices/${recurring}`);
  expect(going).toMatchObject({ status: "Active" });
  expect(going.template).toMatchObject({ notes, terms: "Agreed with [erased]" });
  expect(await world.get(`/v1/prepayments/${prepayment}`)).toMatchObject({
    ...{ status: "Active", note: `${notes} from [erased]` },
    lastError: { code: "generic_decline" },
  });
  const { issued } = going;
  await world.pass("2027-03-12T12:00:00.000Z");
  expect((await world.get(`/v1/recurring-invoices/${recurring}`)).issued).toBe(issued + 3);
  expect(world.shell.errors).toEqual([]);
});

test("the export tells of schedules, what they watch and what is planned", async () => {
  const world = await aTimeWorld();
  const told = await aScheduledPerson(world);
  const { customer, contact, recurring, prepayment } = told;
  await world.pass("2027-03-09T12:00:00.000Z");
  const { body } = await world.call("GET", `/v1/customers/${customer}/contacts/${contact}/export`);
  const places = body.records.map(({ place }: Json) => place);
  expect(places).toEqual(
    expect.arrayContaining([
      ...["REC REC", "REC LINES", "REC MADE", "REC DUE", "PRE PRE", "PRE DUE", "C TOP"],
      ...["INV DUE", "INV FOLLOWED", "QUO DUE", "CUS DUE", "INTENT INTENT"],
    ]),
  );
  const found = (id: string) => body.records.find((one: Json) => one.id === id);
  expect(found(recurring)).toMatchObject({ customer, autoBill: "always" });
  expect(found(prepayment)).toMatchObject({ note: `${notes} from ${last}` });
  expect(body.isWhole).toBe(true);
});
