import {
  contentOf,
  type DocumentTerms,
  newInvoice,
  totalTerms,
} from "../../../domain/billing/draft.ts";
import { type InvoiceDocument, saveContent } from "../../../domain/billing/invoice.store.ts";
import type { Invoice } from "../../../domain/billing/invoice.ts";
import type { Customer } from "../../../domain/customers/customer.ts";
import { issueInvoice } from "../../../domain/payments/issue.ts";
import { saveLedger } from "../../../domain/payments/ledger.store.ts";
import { newId } from "../../../domain/shared/ids.ts";
import type { Desk } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import type { Issued } from "./issue-invoice.ts";
import { prepareIssue } from "./issuing.ts";
import { changedInvoice } from "./required.ts";

export interface NewDocument {
  readonly terms: DocumentTerms;
  readonly customer: Customer;
  /** What it comes from. */
  readonly origin?: Partial<Pick<Invoice, "quote" | "recurring">>;
}

/** A draft that is in no table yet. */
export function draftOf(
  desk: Pick<Desk, "deps" | "now">,
  { terms, customer, origin = {} }: NewDocument,
): InvoiceDocument {
  const { totals } = orRefuse(totalTerms(terms));
  const id = newId("invoice", Date.parse(desk.now), desk.deps.random(10));
  return {
    invoice: { ...newInvoice({ terms, totals }, { id, now: desk.now }), ...origin },
    content: contentOf(terms, totals, customer),
  };
}

/** Makes and issues a document in one transaction, with the money that waits for it. */
export async function issueNew(
  desk: Desk,
  document: InvoiceDocument,
  { customer, sent }: { readonly customer: Customer; readonly sent: boolean },
): Promise<Issued> {
  const agency = await desk.agency();
  const { invoice, content } = document;
  const { books, number, policy } = await prepareIssue(desk, agency, { invoice, customer });
  // Not in the table yet: the ledger writes it as a new head, at version 1.
  const known = { ...books, invoices: books.invoices.filter(({ id }) => id !== invoice.id) };
  const command = { invoice, number: number.number, policy, sent };
  const { changes } = orRefuse(issueInvoice(known, command, desk.ledgerContext(agency)));
  return {
    document: { invoice: changedInvoice(changes, invoice), content },
    writes: [
      saveContent(desk.tenant, invoice.id, content),
      ...number.writes,
      ...saveLedger(desk.tenant, changes),
    ],
  };
}
