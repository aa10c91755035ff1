import type { Agency } from "../../domain/agencies/agency.ts";
import { creditKey } from "../../domain/billing/credit.store.ts";
import { creditSchema } from "../../domain/billing/credit.ts";
import { type InvoiceDocument, loadDocument } from "../../domain/billing/invoice.store.ts";
import type { Invoice } from "../../domain/billing/invoice.ts";
import { loadCustomer } from "../../domain/customers/customer.store.ts";
import { paymentKey } from "../../domain/payments/payment.store.ts";
import { paymentSchema } from "../../domain/payments/payment.ts";
import { type Item, keyText, loadItems, type Tenant } from "../../domain/shared/table.store.ts";
import { equals, listPage } from "../kit/listing.ts";
import type { DocumentSource } from "./document-view.ts";
import type { Sources } from "./paid-from.ts";

/** Everything that the paper of an invoice or retainer shows; undefined: there is no such document. */
export async function loadDocumentSource(
  tenant: Tenant,
  agency: Agency,
  id: string,
): Promise<DocumentSource | undefined> {
  const document = await loadDocument(tenant, id);
  return document && completeDocument(tenant, agency, document);
}

/** The same for a document that is at hand. */
export async function completeDocument(
  tenant: Tenant,
  agency: Agency,
  document: InvoiceDocument,
): Promise<DocumentSource> {
  const { invoice } = document;
  const [customer, sources] = await Promise.all([
    loadCustomer(tenant, invoice.customer),
    loadSources(tenant, invoice),
  ]);
  if (!customer) throw new Error(`${invoice.id} is of ${invoice.customer}, who is not there`);
  return { ...document, agency, customer, sources };
}

/** The payments and credits that paid a document. */
export async function loadSources(tenant: Tenant, invoice: Invoice): Promise<Sources> {
  const named = invoice.applications.flatMap(({ payment }) => payment ?? []);
  const payments = invoice.isRetainer ? await fundingIds(tenant, invoice) : named;
  const credits = invoice.applications.flatMap(({ credit }) => credit ?? []);
  const keys = {
    payments: payments.map((id) => paymentKey(tenant, id)),
    credits: credits.map((id) => creditKey(tenant, id)),
  };
  const found = await loadItems(tenant, [...keys.payments, ...keys.credits]);
  const pick = (all: typeof keys.payments): Item[] =>
    all.map((key) => found.get(keyText(key))).filter((item) => item !== undefined);
  return {
    payments: byId(pick(keys.payments).map((item) => paymentSchema.parse(item))),
    credits: byId(pick(keys.credits).map((item) => creditSchema.parse(item))),
  };
}

const fundingShownMax = 100;

async function fundingIds(tenant: Tenant, { id, customer, paid }: Invoice): Promise<string[]> {
  if (paid === 0) return [];
  const listing = { kind: "PAY", customer, filters: [equals("retainer", id)] };
  const query = { limit: fundingShownMax };
  const { docs } = await listPage(tenant, { listing, query }, (item) => String(item.id));
  return [...docs];
}

export const byId = <T extends { readonly id: string }>(records: readonly T[]): Map<string, T> =>
  new Map(records.map((record) => [record.id, record]));
