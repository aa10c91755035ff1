import type { Agency } from "../../domain/agencies/agency.ts";
import { loadQuote } from "../../domain/billing/quote.store.ts";
import { loadCustomer } from "../../domain/customers/customer.store.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import type { QuoteSource } from "./document-view.ts";

/** Everything that the paper of a quote shows; undefined: there is no such quote. */
export async function loadQuoteSource(
  tenant: Tenant,
  { agency, now }: { readonly agency: Agency; readonly now: string },
  id: string,
): Promise<QuoteSource | undefined> {
  const document = await loadQuote(tenant, id);
  if (!document) return undefined;
  const customer = await loadCustomer(tenant, document.quote.customer);
  if (!customer) throw new Error(`${id} is of ${document.quote.customer}, who is not there`);
  return { ...document, agency, customer, now };
}
