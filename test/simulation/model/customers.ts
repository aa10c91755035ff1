import type { Ahead } from "./aheads.ts";
import type { Books, Refusal } from "./books.ts";

/** Who is billed, as far as it decides what may still begin and what repeats. */
export interface Party {
  isArchived: boolean;
  /** Whoever asked to be erased is shut out at once, and listed until it is done. */
  readonly contacts: Map<string, "here" | "leaving">;
  /** Invoices and pre-payments that stood when the last contact was erased: nothing charges them by itself. */
  readonly over: Set<string>;
}
export type Parties = Map<string, Party>;

export const newParty = (): Party => ({
  ...{ isArchived: false, contacts: new Map(), over: new Set() },
});

function partyIn({ parties }: Books, id: string): Party {
  const found = parties.get(id);
  if (!found) throw new Error(`the model does not know ${id}`);
  return found;
}

/** An archived customer gets nothing new; what it has goes on to be paid, changed and given back. */
export const livingRefusal = (books: Books, customer: string): Refusal =>
  partyIn(books, customer).isArchived ? `${customer} is archived` : undefined;

export function setArchived(books: Books, customer: string, isArchived: boolean): Refusal {
  partyIn(books, customer).isArchived = isArchived;
  return undefined;
}

/** Nothing refers to it: it goes with its contacts and its rules. */
export function forget({ parties, topUps }: Books, customer: string): Refusal {
  parties.delete(customer);
  for (const key of [...topUps.keys()].filter((one) => one.startsWith(customer)))
    topUps.delete(key);
  return undefined;
}

export function addContact(books: Books, customer: string, contact: string): Refusal {
  partyIn(books, customer).contacts.set(contact, "here");
  return undefined;
}

export function removeContact(books: Books, customer: string, contact: string): Refusal {
  const { contacts } = partyIn(books, customer);
  return contacts.delete(contact) ? undefined : "there is no such contact";
}

export function askErasure(books: Books, customer: string, contact: string): Refusal {
  const { contacts } = partyIn(books, customer);
  if (!contacts.has(contact)) return "there is no such contact";
  contacts.set(contact, "leaving");
  return undefined;
}

/** The only one who is left is about to go. */
export function isLeaving(books: Books, customer: string): boolean {
  const left = [...partyIn(books, customer).contacts.values()];
  return left.length === 1 && left[0] === "leaving";
}

/** A contact is gone; with the last one everything that repeats must have ended before. */
export function erase(
  books: Books,
  { customer, contact, isWhole }: { customer: string; contact: string; isWhole: boolean },
): Refusal {
  const party = partyIn(books, customer);
  if (party.contacts.get(contact) !== "leaving") return "nobody asked for it";
  if (isWhole !== isLeaving(books, customer)) return `it is ${isWhole ? "not" : ""} the last one`;
  party.contacts.delete(contact);
  if (!isWhole) return undefined;
  for (const { id, customer: owner } of [...books.documents.values(), ...books.aheads.values()]) {
    if (owner === customer) party.over.add(id);
  }
  return repeating(books, customer);
}

const isRunning = ({ state }: Ahead): boolean => state !== "Completed" && state !== "Canceled";

function repeating(books: Books, customer: string): Refusal {
  const own = (one: { readonly customer: string }) => one.customer === customer;
  const ids = [
    ...[...books.schedules.values()].filter(({ state }) => state !== "Completed").filter(own),
    ...[...books.aheads.values()].filter(isRunning).filter(own),
    ...[...books.documents.values()].filter(({ plannedFor }) => plannedFor !== null).filter(own),
  ].map(({ id }) => id);
  const rules = [...books.topUps].filter(([key, { rule }]) => rule && key.startsWith(customer));
  const left = [...ids, ...rules.map(([key]) => key)];
  return left.length > 0 ? `${left} would go on` : undefined;
}

/** What the clock wants to charge belongs to somebody who is there. */
export function chargeRefusal(books: Books, customer: string, cause: string): Refusal {
  const isOver = partyIn(books, customer).over.has(cause);
  return isOver ? `${cause} ended with ${customer}` : livingRefusal(books, customer);
}
