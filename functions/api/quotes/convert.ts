import type { InvoiceDocument } from "../../../domain/billing/invoice.store.ts";
import { type QuoteDocument, saveQuote } from "../../../domain/billing/quote.store.ts";
import { type Quote, termsOfQuote } from "../../../domain/billing/quote.ts";
import { addDays, dayIn } from "../../../domain/shared/calendar.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import type { Call } from "../../kit/operation.ts";
import { draftOf, issueNew } from "../billing/issue-new.ts";
import { requireCustomer } from "../billing/party.ts";

export interface Converted {
  readonly quote: Quote;
  readonly document: InvoiceDocument;
  readonly writes: readonly GuardedWrite[];
}

/**
 * Makes the quote an issued invoice or retainer, in the transaction that approved it: there is never an
 * approved quote whose money nobody asked for. `quote` is at the version it will be written with.
 */
export async function convert(call: Call, { quote, content }: QuoteDocument): Promise<Converted> {
  const agency = await call.agency();
  const { settings } = agency;
  const date = dayIn(call.now, settings.timeZone);
  const terms = termsOfQuote(quote, content, { date, dueDate: addDays(date, settings.dueDays) });
  const customer = await requireCustomer(call, quote.customer);
  const draft = draftOf(call, { terms, customer, origin: { quote: quote.id } });
  const { document, writes } = await issueNew(call, draft, { customer, sent: false });
  const converted: Quote = { ...quote, status: "Converted", invoice: document.invoice.id };
  return { quote: converted, document, writes: [saveQuote(call.tenant, converted), ...writes] };
}
