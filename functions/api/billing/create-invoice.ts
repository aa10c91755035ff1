import {
  type InvoiceDocument,
  saveContent,
  saveInvoice,
} from "../../../domain/billing/invoice.store.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { reserve } from "../../../domain/shared/unique.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { type Call, type Outcome, operation } from "../../kit/operation.ts";
import { draftOf, issueNew } from "./issue-new.ts";
import { type Party, partyOf } from "./party.ts";
import { invoiceReply } from "./required.ts";
import { billingRoutes } from "./routes.ts";
import { termsFrom } from "./terms.ts";

export const createInvoice = operation(billingRoutes.createInvoice, async (call) => {
  const body = call.body();
  const [agency, party] = await Promise.all([call.agency(), partyOf(call, body.customer)]);
  const today = dayIn(call.now, agency.settings.timeZone);
  const terms = termsFrom(body, { agency, customer: party.customer, today });
  const document = draftOf(call, { terms, customer: party.customer });
  const writes = [...party.writes, ...guardsOf(call, document)];
  return body.status === "Unpaid"
    ? issueAtOnce(call, { document, party, writes })
    : keepDraft(call, { document, writes });
});

interface Made {
  readonly document: InvoiceDocument;
  readonly writes: readonly GuardedWrite[];
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
      saveContent(call.tenant, invoice.id, document.content),
      saveInvoice(call.tenant, invoice),
      eventOf(call, { type: "invoice.created", subject, customer }),
    ],
  };
}

async function issueAtOnce(
  call: Call,
  { document, party, writes }: Made & { readonly party: Party },
): Promise<Outcome> {
  const issued = await issueNew(call, document, { customer: party.customer, sent: false });
  return {
    ...(await invoiceReply(call, issued.document, 201)),
    writes: [...writes, ...issued.writes],
  };
}
