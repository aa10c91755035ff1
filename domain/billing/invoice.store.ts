import {
  type GuardedWrite,
  type Key,
  keyText,
  loadItem,
  loadItems,
  putAlways,
  putVersioned,
  removeItem,
  removeVersioned,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";
import { type Content, contentSchema, type Invoice, invoiceSchema } from "./invoice.ts";

export const invoiceKey = (tenant: Pick<Tenant, "agency">, id: string): Key => ({
  pk: tenantKey(tenant, "INV", id),
  sk: "INV",
});

const contentKey = (tenant: Pick<Tenant, "agency">, id: string): Key => ({
  pk: tenantKey(tenant, "INV", id),
  sk: "LINES",
});

export async function loadInvoice(tenant: Tenant, id: string): Promise<Invoice | undefined> {
  const item = await loadItem(tenant, invoiceKey(tenant, id));
  return item ? invoiceSchema.parse(item) : undefined;
}

export interface InvoiceDocument {
  readonly invoice: Invoice;
  readonly content: Content;
}

/** Head and lines in one call. */
export async function loadDocument(
  tenant: Tenant,
  id: string,
): Promise<InvoiceDocument | undefined> {
  const keys = [invoiceKey(tenant, id), contentKey(tenant, id)] as const;
  const found = await loadItems(tenant, keys);
  const [head, lines] = keys.map((key) => found.get(keyText(key)));
  if (!head || !lines) return undefined;
  return { invoice: invoiceSchema.parse(head), content: contentSchema.parse(lines) };
}

export function saveInvoice(tenant: Tenant, invoice: Invoice): GuardedWrite {
  const dateKey = `${invoice.date}#${invoice.id}`;
  return putVersioned(
    tenant,
    {
      ...invoiceKey(tenant, invoice.id),
      customerKey: tenantKey(tenant, "C", invoice.customer, "INV"),
      agencyKey: tenantKey(tenant, "INV"),
      dateKey,
    },
    invoice,
  );
}

/** Goes with its head in one transaction, and the head's condition guards both. */
export const saveContent = (tenant: Tenant, id: string, content: Content): GuardedWrite =>
  putAlways(tenant, { ...contentKey(tenant, id), ...content });

export const removeInvoice = (tenant: Tenant, { id, version }: Invoice): GuardedWrite[] => [
  removeVersioned(tenant, invoiceKey(tenant, id), version),
  removeItem(tenant, contentKey(tenant, id)),
];
