import { Broken } from "../broken.ts";
import type { CustomerFact } from "../facts.ts";
import { needOf } from "../model/books.ts";
import { minorOf } from "../model/currencies.ts";
import { newParty, addContact as noteContact } from "../model/customers.ts";
import type { Operation } from "../operation.ts";
import type { World } from "../world.ts";
import { newDocument } from "./staff-documents.ts";

export const staffCustomers: readonly Operation[] = [
  { name: "create-customer", weight: 2, run: createCustomer },
  {
    name: "create-for-new-customer",
    weight: 1,
    run: async (world) => void (await createForNew(world)),
  },
  { name: "create-contact", weight: 3, run: createContact },
  { name: "rename-customer", weight: 2, run: renameCustomer },
  { name: "change-settings", weight: 1, run: changeSettings },
  { name: "change-clock", weight: 1, isTimed: true, run: changeClock },
  { name: "read-balance", weight: 2, run: readBalance },
];

const firms = ["Acme", "Borealis", "Cobalt", "Dunlin", "Ember", "Fathom"] as const;
const modes = ["always", "ask", "off"] as const;

function someFirm({ dice, facts }: World): { company: string; email: string } {
  facts.firms += 1;
  const company = `${dice.pick(firms)} ${facts.firms}`;
  return { company, email: `firm${facts.firms}@customers.test` };
}

export async function createCustomer(world: World): Promise<void> {
  const { dice } = world;
  const billTo = someFirm(world);
  const currency = dice.chance(0.8) ? "USD" : dice.pick(["EUR", "JPY"]);
  const autoApply = dice.chance(0.2) ? dice.pick(modes) : null;
  const body = { billTo, currency, autoApply };
  const answer = await world.ask(world.staff, "POST", "/v1/customers", body);
  const { id } = answer.body;
  world.decide(answer, ({ parties }) => void parties.set(id, newParty()));
  noteCustomer(world, { id, currency, autoApply, billTo });
}

function noteCustomer(
  { facts }: World,
  made: Pick<CustomerFact, "id" | "currency" | "autoApply"> & {
    readonly billTo: { readonly company: string; readonly email: string };
  },
): CustomerFact {
  const { billTo, ...known } = made;
  const { company: name, email } = billTo;
  const customer = { ...known, name, email, contacts: [], named: 0, hasErased: false };
  facts.customers.push(customer);
  facts.events.push({ type: "customer.created", subject: customer.id });
  return customer;
}

/** A draft that makes its customer, too. */
export async function createForNew(world: World): Promise<CustomerFact> {
  const billTo = someFirm(world);
  const items = [{ name: "Work", quantity: 1, price: 100 }];
  const body = { customer: { billTo }, currency: "USD", items };
  const answer = await world.ask(world.staff, "POST", "/v1/invoices", body);
  const { id, customer } = answer.body;
  const terms = { isRetainer: false, tags: [], scope: [], total: 10_000, tax: 0 };
  world.decide(answer, ({ parties, documents }) => {
    parties.set(customer, newParty());
    documents.set(id, newDocument({ id, customer, currency: "USD", ...terms }));
    return undefined;
  });
  world.facts.autoApply.set(id, null);
  return noteCustomer(world, { id: customer, currency: "USD", autoApply: null, billTo });
}

async function createContact(world: World): Promise<void> {
  const customer = world.dice.maybe(world.facts.customers);
  if (customer) await addContact(world, customer);
}

export async function addContact(world: World, customer: CustomerFact): Promise<void> {
  const email = `person${customer.named}.${customer.id.slice(-6).toLowerCase()}@people.test`;
  const path = `/v1/customers/${customer.id}/contacts`;
  const body = { firstName: "Ann", lastName: "Lee", email, portal: true };
  const answer = await world.ask(world.staff, "POST", path, body);
  world.decide(answer, (books) => noteContact(books, customer.id, answer.body.id));
  customer.named += 1;
  customer.contacts.push({ id: answer.body.id, customer, email, who: undefined });
  world.facts.events.push({ type: "contact.created", subject: answer.body.id });
}

async function renameCustomer(world: World): Promise<void> {
  const { dice, facts } = world;
  const customer = dice.maybe(facts.customers);
  if (!customer) return;
  const autoApply = dice.chance(0.5) ? dice.pick(modes) : null;
  const name = `${dice.pick(firms)} ${dice.between(10, 99)}`;
  const body = { billTo: { company: name }, autoApply };
  const answer = await world.ask(world.staff, "PATCH", `/v1/customers/${customer.id}`, body);
  if (!world.decide(answer, () => undefined)) return;
  Object.assign(customer, { name, autoApply });
  facts.events.push({ type: "customer.updated", subject: customer.id });
}

async function changeSettings(world: World): Promise<void> {
  const { dice, facts } = world;
  const settings = {
    autoApply: dice.pick(modes),
    useCredits: dice.pick(["always", "always", "off"]),
    quote: { autoConvert: dice.chance(0.7) },
  };
  const answer = await world.ask(world.staff, "PATCH", "/v1/agency", { settings });
  if (!world.decide(answer, () => undefined)) return;
  const { autoApply, useCredits, quote } = settings;
  facts.settings = { ...facts.settings, autoApply, useCredits, autoConvert: quote.autoConvert };
  facts.events.push({ type: "agency.updated", subject: world.agency });
}

/** Where the agency is, when it writes, and how it follows up on who does not pay. */
async function changeClock(world: World): Promise<void> {
  const { dice, facts } = world;
  const fees = [null, { type: "amount", value: 25 }, { type: "percent", value: 7.5 }];
  const fee = dice.pick(fees);
  const settings = {
    ...(dice.chance(0.5) ? { sendHour: dice.pick([0, 2, 6, 12, 23]) } : {}),
    ...(dice.chance(0.4) ? { timeZone: dice.pick(zones) } : {}),
    ...(dice.chance(0.5) ? { lateFee: fee && { ...fee, days: dice.pick([1, 3]) } } : {}),
    ...(dice.chance(0.5) ? { reminders: dice.shuffled(reminders).slice(0, dice.below(4)) } : {}),
  };
  const answer = await world.ask(world.staff, "PATCH", "/v1/agency", { settings });
  if (!world.decide(answer, () => undefined)) return;
  facts.settings = { ...facts.settings, ...settings };
  facts.events.push({ type: "agency.updated", subject: world.agency });
}

const zones = ["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"] as const;
const reminders = [
  { when: "before", days: 1 },
  { when: "after", days: 2 },
  { when: "after", days: 3 },
] as const;

/** What the API tells is what the model has. */
async function readBalance(world: World): Promise<void> {
  const { books } = world;
  const customer = world.dice.maybe(world.facts.customers);
  if (!customer) return;
  const { id } = customer;
  const { body } = await world.ask(world.staff, "GET", `/v1/customers/${id}/balance`);
  for (const { currency, outstanding } of body.balances) {
    const own = [...books.documents.values()].filter(
      (one) => one.customer === id && one.currency === currency && !one.isRetainer,
    );
    const due = own.reduce((sum, one) => sum + needOf(books, one), 0);
    if (minorOf(outstanding, currency) === due) continue;
    throw new Broken(`${id} owes ${due} ${currency}, the balance says ${outstanding}`);
  }
}
