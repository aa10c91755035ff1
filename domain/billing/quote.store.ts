import {
  type GuardedWrite,
  type Key,
  keyText,
  loadItems,
  putAlways,
  putVersioned,
  removeItem,
  removeVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type Content, contentSchema } from "./invoice.ts";
import { type Quote, quoteSchema } from "./quote.ts";

export const quoteKey = (tenant: Pick<Tenant, "agency">, id: string): Key => ({
  pk: tenantKey(tenant, "QUO", id),
  sk: "QUO",
});

const contentKey = (tenant: Pick<Tenant, "agency">, id: string): Key => ({
  ...quoteKey(tenant, id),
  sk: "LINES",
});

export interface QuoteDocument {
  readonly quote: Quote;
  readonly content: Content;
}

/** Head and lines in one call. */
export async function loadQuote(tenant: Tenant, id: string): Promise<QuoteDocument | undefined> {
  const keys = [quoteKey(tenant, id), contentKey(tenant, id)] as const;
  const found = await loadItems(tenant, keys);
  const [head, lines] = keys.map((key) => found.get(keyText(key)));
  if (!head || !lines) return undefined;
  return { quote: quoteSchema.parse(head), content: contentSchema.parse(lines) };
}

/** Quotes without their lines, as far as they are there. */
export async function loadQuoteHeads(tenant: Tenant, ids: readonly string[]): Promise<Quote[]> {
  const keys = ids.map((id) => quoteKey(tenant, id));
  const found = await loadItems(tenant, keys);
  return keys.flatMap((key) => {
    const item = found.get(keyText(key));
    return item ? [quoteSchema.parse(item)] : [];
  });
}

export const saveQuote = (tenant: Tenant, quote: Quote): GuardedWrite =>
  putVersioned(
    tenant,
    {
      ...quoteKey(tenant, quote.id),
      customerKey: tenantKey(tenant, "C", quote.customer, "QUO"),
      agencyKey: tenantKey(tenant, "QUO"),
      dateKey: `${quote.date}#${quote.id}`,
    },
    quote,
  );

/** Goes with its head in one transaction, and the head's condition guards both. */
export const saveQuoteContent = (tenant: Tenant, id: string, content: Content): GuardedWrite =>
  putAlways(tenant, { ...contentKey(tenant, id), ...content });

export const removeQuote = (tenant: Tenant, { id, version }: Quote): GuardedWrite[] => [
  removeVersioned(tenant, quoteKey(tenant, id), version),
  removeItem(tenant, contentKey(tenant, id)),
];
