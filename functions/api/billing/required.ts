import {
  type InvoiceDocument,
  invoiceKey,
  loadDocument,
} from "../../../domain/billing/invoice.store.ts";
import { type Invoice, invoiceSchema } from "../../../domain/billing/invoice.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import { isId } from "../../../domain/shared/ids.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { keyText, loadItems } from "../../../domain/shared/table.store.ts";
import type { Call, Outcome } from "../../kit/operation.ts";
import { Refused } from "../../kit/refused.ts";
import { invoiceView } from "./view.ts";

const unknown = () => new Refused(refuse("invoice.not-found", "There is no such invoice."));

/** The document that the path names, or 404. */
export async function requireDocument(call: Call): Promise<InvoiceDocument> {
  const found = await loadDocument(call.tenant, call.params.id ?? "");
  if (!found) throw unknown();
  return found;
}

/** Invoices named in a body, in the order of their first mention; any unknown one is a 404. */
export async function requireInvoices(call: Call, ids: readonly string[]): Promise<Invoice[]> {
  if (ids.some((id) => !isId("invoice", id))) throw unknown();
  const keys = ids.map((id) => invoiceKey(call.tenant, id));
  const found = await loadItems(call.tenant, keys);
  return keys.map((key) => {
    const item = found.get(keyText(key));
    if (!item) throw unknown();
    return invoiceSchema.parse(item);
  });
}

/** The answer of every call that returns an invoice. */
export async function invoiceReply(
  call: Call,
  { invoice, content }: InvoiceDocument,
  status = 200,
): Promise<Pick<Outcome, "status" | "body">> {
  const { settings } = await call.agency();
  return { status, body: invoiceView(invoice, content, dayIn(call.now, settings.timeZone)) };
}

/** The head as a decision left it. */
export function changedInvoice(
  changes: { readonly invoices: readonly Invoice[] },
  invoice: Invoice,
): Invoice {
  return changes.invoices.find(({ id }) => id === invoice.id) ?? invoice;
}
