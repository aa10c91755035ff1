import type { CustomerFact } from "../facts.ts";
import { type Document, needOf, type Payment } from "../model/books.ts";
import type { World } from "../world.ts";
import { createCustomer } from "./staff-customers.ts";

export async function someCustomer(world: World): Promise<CustomerFact> {
  const { customers } = world.facts;
  if (customers.length < 2) await createCustomer(world);
  return world.dice.pick(customers);
}

export const someDocument = (
  { books, dice }: World,
  isWanted: (document: Document) => boolean,
): Document | undefined => dice.maybe([...books.documents.values()].filter(isWanted));

export const someOpen = (world: World): Document | undefined =>
  someDocument(world, (one) => needOf(world.books, one) > 0);

export const somePayment = (
  { books, dice }: World,
  isWanted: (payment: Payment) => boolean,
): Payment | undefined => dice.maybe([...books.payments.values()].filter(isWanted));

/** Mostly what fits, sometimes just over it, and nothing: as much as fits. */
export function partOf({ dice }: World, most: number): number | undefined {
  const draw = dice.fraction();
  if (draw < 0.25) return undefined;
  if (draw < 0.35 || most < 1) return most + dice.between(1, 3);
  return draw < 0.6 ? most : dice.between(1, most);
}
