import { Broken } from "../broken.ts";
import type { Intent } from "../facts.ts";
import { type Document, needOf } from "../model/books.ts";
import type { World } from "../world.ts";

interface Asked {
  readonly documents: readonly Document[];
  readonly amount: number;
  readonly customer?: string;
  readonly currency?: string;
}

/** What was agreed when the payer saw the price: each document up to its balance, the first first. */
export function meantFor(world: World, id: string, asked: Asked): Intent {
  const [first] = asked.documents;
  let left = asked.amount;
  const shares = asked.documents.flatMap((one) => {
    const amount = Math.min(needOf(world.books, one), left);
    left -= amount;
    return amount === 0 ? [] : [{ invoice: one.id, amount }];
  });
  const intent: Intent = {
    ...{ id, account: world.facts.account, amount: asked.amount, for: shares },
    customer: first?.customer ?? asked.customer ?? "",
    currency: first?.currency ?? asked.currency ?? "",
  };
  world.facts.intents.set(id, intent);
  return intent;
}

/** Stripe's page has the id that the payment will have in its metadata. */
export function keepPage(world: World, url: string, asked: Asked): string {
  const items = [...world.storage.mirror.values()];
  const stored = items.find(
    ({ session }) => (session as { readonly url?: string } | undefined)?.url === url,
  );
  if (!stored) throw new Broken(`no intent leads to ${url}`);
  const { id } = meantFor(world, String(stored.id), asked);
  world.facts.pages.push({ url, intent: id });
  return id;
}
