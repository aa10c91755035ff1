import {
  contentOf,
  type DocumentTerms,
  newInvoice,
  totalTerms,
} from "../../../domain/billing/draft.ts";
import {
  type InvoiceDocument,
  saveContent,
  saveInvoice,
} from "../../../domain/billing/invoice.store.ts";
import { issueInvoice } from "../../../domain/payments/issue.ts";
import { saveLedger } from "../../../domain/payments/ledger.store.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import { newId } from "../../../domain/shared/ids.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { reserve } from "../../../domain/shared/unique.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { type Call, type Outcome, operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { prepareIssue } from "./issuing.ts";
import { type Party, partyOf } from "./party.ts";
import { changedInvoice, invoiceReply } from "./required.ts";
import { billingRoutes } from "./routes.ts";
import { termsFrom } from "./terms.ts";

export const createInvoice = operation(billingRoutes.createInvoice, async (call) => {
  const body = call.body();
  const [agency, party] = await Promise.all([call.agency(), partyOf(call, body.customer)]);
  const today = dayIn(call.now, agency.settings.timeZone);
  const terms = termsFrom(body, { agency, customer: party.customer, today });
  const document = draftOf(call, terms, party);
  const writes = [
    ...party.writes,
    saveContent(call.tenant, document.invoice.id, document.content),
    ...guardsOf(call, document),
  ];
  return body.status === "Unpaid"
    ? issueAtOnce(call, { document, party, writes })
    : keepDraft(call, { document, writes });
});

interface Made {
  readonly document: InvoiceDocument;
  readonly writes: readonly GuardedWrite[];
}

function draftOf(call: Call, terms: DocumentTerms, { customer }: Party): InvoiceDocument {
  const { totals } = orRefuse(totalTerms(terms));
  const id = newId("invoice", Date.parse(call.now), call.deps.random(10));
  return {
    invoice: newInvoice({ terms, totals }, { id, now: call.now }),
    content: contentOf(terms, totals, customer),
  };
}

/** What the caller names must be the agency's only one. */
export function guardsOf(call: Pick<Call, "tenant">, { invoice }: InvoiceDocument): GuardedWrite[] {
  const { number, slug, id: owner } = invoice;
  const { tenant } = call;
  return [
    ...(number
      ? [reserve(tenant, { what: "number", value: number, owner }, "invoice.number-taken")]
      : []),
    ...(slug ? [reserve(tenant, { what: "slug", value: slug, owner }, "invoice.slug-taken")] : []),
  ];
}

async function keepDraft(call: Call, { document, writes }: Made): Promise<Outcome> {
  const { invoice } = document;
  const { id: subject, customer } = invoice;
  return {
    ...(await invoiceReply(call, document, 201)),
    writes: [
      ...writes,
      saveInvoice(call.tenant, invoice),
      eventOf(call, { type: "invoice.created", subject, customer }),
    ],
  };
}

async function issueAtOnce(
  call: Call,
  { document, party, writes }: Made & { readonly party: Party },
): Promise<Outcome> {
  const agency = await call.agency();
  const { invoice } = document;
  const { customer } = party;
  const { books, number, policy } = await prepareIssue(call, agency, { invoice, customer });
  const { changes } = orRefuse(
    issueInvoice(
      // Not in the table yet: the ledger writes it as a new head, at version 1.
      { ...books, invoices: books.invoices.filter(({ id }) => id !== invoice.id) },
      { invoice, number: number.number, policy, sent: false },
      call.ledgerContext(agency),
    ),
  );
  const issued = { ...document, invoice: changedInvoice(changes, invoice) };
  return {
    ...(await invoiceReply(call, issued, 201)),
    writes: [...writes, ...number.writes, ...saveLedger(call.tenant, changes)],
  };
}
