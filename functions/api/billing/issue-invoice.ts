import type { InvoiceDocument } from "../../../domain/billing/invoice.store.ts";
import { loadCustomer } from "../../../domain/customers/customer.store.ts";
import type { Customer } from "../../../domain/customers/customer.ts";
import { issueInvoice } from "../../../domain/payments/issue.ts";
import { saveLedger } from "../../../domain/payments/ledger.store.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import type { Desk } from "../../kit/operation.ts";
import { orRefuse, Refused } from "../../kit/refused.ts";
import { freshContent, prepareIssue } from "./issuing.ts";
import { changedInvoice } from "./required.ts";

export interface Issued {
  readonly document: InvoiceDocument;
  readonly writes: readonly GuardedWrite[];
}

export async function customerOf(
  call: Pick<Desk, "tenant">,
  { invoice }: InvoiceDocument,
): Promise<Customer> {
  const customer = await loadCustomer(call.tenant, invoice.customer);
  if (!customer) throw new Refused(refuse("customer.not-found", "The customer is gone."));
  return customer;
}

/** Issues a draft with the next number and the money that waits for it, as one set of writes. */
export async function issueDraft(
  call: Desk,
  document: InvoiceDocument,
  sent: boolean,
): Promise<Issued> {
  const { invoice } = document;
  const agency = await call.agency();
  const { books, number, policy, customer } = await prepareIssue(call, agency, {
    invoice,
    customer: customerOf(call, document),
  });
  const command = { invoice, number: number.number, policy, sent };
  const { changes } = orRefuse(issueInvoice(books, command, call.ledgerContext(agency)));
  const fresh = freshContent(call.tenant, document, customer);
  return {
    document: { invoice: changedInvoice(changes, invoice), content: fresh.content },
    writes: [...number.writes, ...fresh.writes, ...saveLedger(call.tenant, changes)],
  };
}
