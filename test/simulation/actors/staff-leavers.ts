import { Broken } from "../broken.ts";
import type { ContactFact, CustomerFact } from "../facts.ts";
import { cancelAhead } from "../model/aheads.ts";
import type { Refusal } from "../model/books.ts";
import {
  askErasure,
  erase,
  forget,
  isLeaving,
  removeContact,
  setArchived,
} from "../model/customers.ts";
import { stop } from "../model/schedules.ts";
import { setRule, watchedIn } from "../model/top-ups.ts";
import type { Operation } from "../operation.ts";
import type { FollowEvent, World } from "../world.ts";
import { addContact, createForNew } from "./staff-customers.ts";
import { createDocument } from "./staff-documents.ts";

export const staffLeavers: readonly Operation[] = [
  { name: "archive-customer", weight: 2, isTimed: true, run: archiveIt },
  { name: "restore-customer", weight: 3, isTimed: true, run: restoreIt },
  { name: "delete-customer", weight: 2, run: deleteCustomer },
  { name: "delete-contact", weight: 1, run: deleteContact },
  { name: "erase-contact", weight: 1, run: eraseContact },
];

async function archiveIt(world: World): Promise<void> {
  const customer = world.dice.maybe(world.facts.customers);
  if (customer) await archive(world, customer, true);
}

async function restoreIt(world: World): Promise<void> {
  const { books, facts, dice } = world;
  const isAny = dice.chance(0.1);
  const customer = dice.maybe(
    facts.customers.filter(({ id }) => isAny || books.parties.get(id)?.isArchived),
  );
  if (customer) await archive(world, customer, false);
}

async function archive(world: World, customer: CustomerFact, archived: boolean): Promise<void> {
  const path = `/v1/customers/${customer.id}`;
  const answer = await world.ask(world.staff, "PATCH", path, { archived });
  world.decide(answer, (books) => setArchived(books, customer.id, archived));
}

/** Mostly one that nothing refers to, sometimes just after something was made for it. */
async function deleteCustomer(world: World): Promise<void> {
  const { dice, facts } = world;
  const isAny = dice.chance(0.2);
  const known = facts.customers.filter((one) => isAny || !isReferredTo(world, one));
  const customer = dice.chance(0.2) ? await createForNew(world) : dice.maybe(known);
  if (!customer) return;
  if (dice.chance(0.4)) await createDocument(world, customer);
  const { id, contacts } = customer;
  const answer = await world.ask(world.staff, "DELETE", `/v1/customers/${id}`, {});
  const mark = world.storage.mirror.get(`A#${world.agency}#CUS#${id}|USE`);
  const isInUse = answer.body?.code === "customer.in-use" && String(mark?.until) > justNow(world);
  const isDone = world.decide(answer, (books) => {
    if (isReferredTo(world, customer)) return "something refers to it";
    return isInUse ? "something may be on its way to it" : forget(books, id);
  });
  if (!isDone) return;
  for (const contact of [...contacts]) shutOut(world, contact);
  facts.customers.splice(facts.customers.indexOf(customer), 1);
  facts.events.push({ type: "customer.deleted", subject: id });
}

/** A request with all of its tries takes minutes at most. */
const justNow = ({ clock }: World): string => new Date(clock.nowMs() - 600_000).toISOString();

function isReferredTo({ books, facts }: World, { id }: CustomerFact): boolean {
  const all = [books.documents, books.payments, books.credits, books.schedules, books.aheads];
  const known = [...all, facts.quotes].flatMap((kind) => [...kind.values()]);
  return known.some(({ customer }) => customer === id);
}

async function somebody(world: World): Promise<ContactFact | undefined> {
  const customer = world.dice.maybe(world.facts.customers);
  if (customer?.contacts.length === 0) await addContact(world, customer);
  return world.dice.maybe(customer?.contacts ?? []);
}

/** Only the access ends; what repeats goes on. */
async function deleteContact(world: World): Promise<void> {
  const contact = await somebody(world);
  if (!contact) return;
  const { id, customer } = contact;
  const answer = await world.ask(world.staff, "DELETE", pathOf(contact), {});
  world.decide(answer, (books) => removeContact(books, customer.id, id));
  world.facts.events.push({ type: "contact.deleted", subject: id });
  shutOut(world, contact);
}

async function eraseContact(world: World): Promise<void> {
  const contact = await somebody(world);
  if (!contact) return;
  const { id, customer, email } = contact;
  const answer = await world.ask(world.staff, "POST", `${pathOf(contact)}/erase`, {});
  world.decide(answer, (books) => askErasure(books, customer.id, id));
  world.facts.events.push({ type: "contact.erased", subject: id });
  world.facts.erased.push(email);
  customer.hasErased = true;
  shutOut(world, contact);
}

const pathOf = ({ id, customer }: ContactFact): string =>
  `/v1/customers/${customer.id}/contacts/${id}`;

/** Nobody comes in on its session any more; the ending tries. */
function shutOut({ facts }: World, contact: ContactFact): void {
  const { contacts } = contact.customer;
  contacts.splice(contacts.indexOf(contact), 1);
  if (contact.who) facts.shutOut.push(contact.who);
}

type Event = Parameters<FollowEvent>[1];

/** What repeats ends when the last contact is erased, and only then. */
const ending =
  (end: (world: World, event: Event) => Refusal): FollowEvent =>
  (world, event) => {
    const isOver = isLeaving(world.books, String(event.customer));
    const refusal = isOver ? end(world, event) : "its customer is there";
    if (refusal !== undefined) throw new Broken(`${event.type} ${event.subject}, but ${refusal}`);
  };

export const followDelayed: Readonly<Record<string, FollowEvent>> = {
  "recurring.stopped": ending(({ books }, { subject }) => {
    const schedule = books.schedules.get(subject);
    return schedule ? stop(schedule) : "there is none";
  }),
  "prepayment.canceled": ending(({ books }, { subject }) => {
    const ahead = books.aheads.get(subject);
    return ahead ? cancelAhead(ahead) : "there is none";
  }),
  "top-up.removed": ending(({ books }, { customer, data }) => {
    setRule(watchedIn(books.topUps, customer, String(data?.currency)), null);
    return undefined;
  }),
  "invoice.unscheduled": ending(({ books }, { subject }) => {
    const document = books.documents.get(subject);
    if (!document?.plannedFor) return "nothing was planned";
    document.plannedFor = null;
    return undefined;
  }),
  "contact.erased": ({ books }, { subject: contact, customer, data }) => {
    const refusal = erase(books, { customer, contact, isWhole: data?.whole === true });
    if (refusal !== undefined) throw new Broken(`${contact} is erased, but ${refusal}`);
  },
};
