import { contentOf, newInvoice, totalTerms } from "../../../domain/billing/draft.ts";
import { type InvoiceDocument, saveContent } from "../../../domain/billing/invoice.store.ts";
import { type QuoteDocument, saveQuote } from "../../../domain/billing/quote.store.ts";
import { type Quote, termsOfQuote } from "../../../domain/billing/quote.ts";
import { issueInvoice } from "../../../domain/payments/issue.ts";
import { saveLedger } from "../../../domain/payments/ledger.store.ts";
import { addDays, dayIn } from "../../../domain/shared/calendar.ts";
import { newId } from "../../../domain/shared/ids.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import type { Call } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { prepareIssue } from "../billing/issuing.ts";
import { requireCustomer } from "../billing/party.ts";
import { changedInvoice } from "../billing/required.ts";

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
  const { totals } = orRefuse(totalTerms(terms));
  const customer = await requireCustomer(call, quote.customer);
  const id = newId("invoice", Date.parse(call.now), call.deps.random(10));
  const invoice = {
    ...newInvoice({ terms, totals }, { id, now: call.now }),
    quote: quote.id,
  };
  const { books, number, policy } = await prepareIssue(call, agency, { invoice, customer });
  const known = { ...books, invoices: books.invoices.filter((one) => one.id !== id) };
  const command = { invoice, number: number.number, policy, sent: false };
  const { changes } = orRefuse(issueInvoice(known, command, call.ledgerContext(agency)));
  const lines = contentOf(terms, totals, customer);
  const converted: Quote = { ...quote, status: "Converted", invoice: id };
  return {
    quote: converted,
    document: { invoice: changedInvoice(changes, invoice), content: lines },
    writes: [
      saveQuote(call.tenant, converted),
      saveContent(call.tenant, id, lines),
      ...number.writes,
      ...saveLedger(call.tenant, changes),
    ],
  };
}
