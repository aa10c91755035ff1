import { type InvoiceDocument, loadDocument } from "../../domain/billing/invoice.store.ts";
import type { Invoice } from "../../domain/billing/invoice.ts";
import { loadQuote, type QuoteDocument } from "../../domain/billing/quote.store.ts";
import type { Quote } from "../../domain/billing/quote.ts";
import { loadPayment } from "../../domain/payments/payment.store.ts";
import type { Payment } from "../../domain/payments/payment.ts";
import { mayOpen } from "../../domain/portal/session.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import { requireInvoices } from "../api/billing/required.ts";
import type { Call } from "../kit/operation.ts";
import { Refused } from "../kit/refused.ts";
import { customerOf } from "./enter.ts";

/**
 * The records of the contact's own customer. Others', drafts and what a document's link doesn't open are
 * refused in the words for what doesn't exist.
 */
const isOwn = (
  { principal }: Pick<Call, "principal">,
  record: { readonly id: string; readonly customer: string; readonly quote?: string | null },
): boolean =>
  record.customer === principal.customer &&
  mayOpen({ document: principal.document ?? null }, record);

const isShown = (call: Pick<Call, "principal">, invoice: Invoice): boolean =>
  invoice.status !== "Draft" && isOwn(call, invoice);

const unknownInvoice = () => new Refused(refuse("invoice.not-found", "There is no such invoice."));

export async function requireOwnInvoice(call: Call): Promise<InvoiceDocument> {
  const found = await loadDocument(call.tenant, call.params.id ?? "");
  if (!found || !isShown(call, found.invoice)) throw unknownInvoice();
  return found;
}

export async function requireOwnInvoices(call: Call, ids: readonly string[]): Promise<Invoice[]> {
  const found = await requireInvoices(call, ids);
  if (found.some((invoice) => !isShown(call, invoice))) throw unknownInvoice();
  return found;
}

export async function requireOwnQuote(call: Call): Promise<QuoteDocument> {
  const found = await loadQuote(call.tenant, call.params.id ?? "");
  if (!found || !isShownQuote(call, found.quote)) {
    throw new Refused(refuse("quote.not-found", "There is no such quote."));
  }
  return found;
}

const isShownQuote = (call: Pick<Call, "principal">, quote: Quote): boolean =>
  quote.status !== "Draft" && isOwn(call, quote);

export async function requireOwnPayment(call: Call): Promise<Payment> {
  const payment = await loadPayment(call.tenant, call.params.id ?? "");
  if (!payment || !isOwn(call, payment)) {
    throw new Refused(refuse("payment.not-found", "There is no such payment."));
  }
  return payment;
}

/** A list of the contact's own customer. */
export const ownListing = (call: Pick<Call, "principal">, kind: string) => ({
  kind,
  customer: customerOf(call),
});
