import {
  contentOf,
  type DocumentTerms,
  moneyTermsOf,
  termsOf,
  totalTerms,
  withTerms,
} from "../../../domain/billing/draft.ts";
import {
  type InvoiceDocument,
  saveContent,
  saveInvoice,
} from "../../../domain/billing/invoice.store.ts";
import { hasMoney, isIssued } from "../../../domain/billing/invoice.ts";
import type { Customer } from "../../../domain/customers/customer.ts";
import { changeIssuedInvoice } from "../../../domain/payments/cancel.ts";
import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import { type Refusal, refuse } from "../../../domain/shared/refusals.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { release } from "../../../domain/shared/unique.store.ts";
import { eventOf } from "../../kit/event-record.ts";
import { type Call, type Outcome, operation } from "../../kit/operation.ts";
import { orRefuse, Refused } from "../../kit/refused.ts";
import { guardsOf } from "./create-invoice.ts";
import { customerOf, issueDraft } from "./issue-invoice.ts";
import { partyOf } from "./party.ts";
import { changedInvoice, invoiceReply, requireDocument } from "./required.ts";
import { billingRoutes } from "./routes.ts";
import type { InvoicePatch } from "./schemas.ts";
import { changeTerms, termsFrom } from "./terms.ts";

/** PUT: what isn't said is reset, but never the kind, the status or an issued number. */
export const replaceInvoice = operation(billingRoutes.replaceInvoice, async (call) => {
  const before = await requireDocument(call);
  const body = call.body();
  const agency = await call.agency();
  const party = await partyOf(call, body.customer);
  const today = dayIn(call.now, agency.settings.timeZone);
  const { isRetainer, number } = before.invoice;
  const fresh = termsFrom({ ...body, isRetainer }, { agency, customer: party.customer, today });
  const keepsNumber = isIssued(before.invoice) && body.number === undefined;
  const terms = keepsNumber ? { ...fresh, number } : fresh;
  return change(call, { before, body, terms, ...party });
});

/** PATCH: what isn't said stays. */
export const patchInvoice = operation(billingRoutes.patchInvoice, async (call) => {
  const before = await requireDocument(call);
  const body = call.body();
  const party = body.customer
    ? await partyOf(call, body.customer)
    : { customer: await customerOf(call, before), writes: [] };
  const terms = changeTerms(termsOf(before.invoice, before.content), body, {});
  return change(call, { before, body, terms: { ...terms, customer: party.customer.id }, ...party });
});

interface Change {
  readonly before: InvoiceDocument;
  readonly body: InvoicePatch;
  readonly terms: DocumentTerms;
  readonly customer: Customer;
  readonly writes: readonly GuardedWrite[];
}

async function change(call: Call, asked: Change): Promise<Outcome> {
  const { before, terms } = asked;
  const { invoice, content } = before;
  call.requireVersion(invoice);
  const refused = refuseChange(asked);
  if (refused) throw new Refused(refused);
  const { totals } = orRefuse(totalTerms(terms));
  const next = {
    invoice: withTerms(invoice, terms, totals),
    content: { ...contentOf(terms, totals, asked.customer), cancelReason: content.cancelReason },
  };
  const writes = [
    ...asked.writes,
    saveContent(call.tenant, invoice.id, next.content),
    ...movedGuards(call, before, next),
  ];
  if (isIssued(invoice)) return changeIssued(call, { before, next, writes });
  return asked.body.status === "Unpaid"
    ? issueChanged(call, { next, writes })
    : changeDraft(call, { next, writes });
}

/** Money that was received, or is on its way, was received for these terms. */
function refuseChange({ before, body, terms }: Change): Refusal | undefined {
  const { invoice, content } = before;
  if (body.isRetainer !== undefined && body.isRetainer !== invoice.isRetainer) {
    return refuse("invoice.kind-fixed", "Make a new document of the other kind instead.");
  }
  if (!isIssued(invoice)) return undefined;
  if (invoice.status === "Canceled" || invoice.status === "Refunded") {
    return refuse("invoice.not-open", `The invoice is ${invoice.status}.`);
  }
  if (body.status === "Draft") return refuse("invoice.issued", "It can't be a draft again.");
  if (terms.number !== invoice.number) return refuse("invoice.issued", "Its number stays.");
  const locked = moneyTermsOf(terms) !== moneyTermsOf(termsOf(invoice, content));
  if (locked && hasMoney(invoice)) {
    return invoice.isRetainer
      ? refuse("retainer.amount-locked", "Refund the money instead of changing the request.")
      : refuse("invoice.has-payments", "Undo its applications first.");
  }
  if (terms.customer !== invoice.customer) {
    return refuse("invoice.issued", "Cancel it and make one for the other customer.");
  }
  return undefined;
}

function movedGuards(call: Call, before: InvoiceDocument, next: InvoiceDocument): GuardedWrite[] {
  const { number, slug } = before.invoice;
  const movesNumber = number !== next.invoice.number;
  const movesSlug = slug !== next.invoice.slug;
  const taken = {
    ...next.invoice,
    number: movesNumber ? next.invoice.number : null,
    slug: movesSlug ? next.invoice.slug : null,
  };
  return [
    ...(movesNumber && number ? [release(call.tenant, "number", number)] : []),
    ...(movesSlug && slug ? [release(call.tenant, "slug", slug)] : []),
    ...guardsOf(call, { ...next, invoice: taken }),
  ];
}

interface Next {
  readonly next: InvoiceDocument;
  readonly writes: readonly GuardedWrite[];
}

async function changeDraft(call: Call, { next, writes }: Next): Promise<Outcome> {
  const invoice = {
    ...next.invoice,
    updatedAt: call.now,
    version: next.invoice.version + 1,
  };
  const { id: subject, customer } = invoice;
  return {
    ...(await invoiceReply(call, { ...next, invoice })),
    writes: [
      ...writes,
      saveInvoice(call.tenant, invoice),
      eventOf(call, { type: "invoice.updated", subject, customer }),
    ],
  };
}

async function issueChanged(call: Call, { next, writes }: Next): Promise<Outcome> {
  const issued = await issueDraft(call, next, false);
  return {
    ...(await invoiceReply(call, issued.document)),
    writes: [...writes, ...issued.writes],
  };
}

async function changeIssued(
  call: Call,
  { before, next, writes }: Next & { readonly before: InvoiceDocument },
): Promise<Outcome> {
  const agency = await call.agency();
  const { invoice } = before;
  const books = await loadBooks(call.tenant, { customer: invoice.customer });
  const { changes } = orRefuse(
    changeIssuedInvoice(
      { ...books, invoices: [invoice] },
      { invoice, next: next.invoice },
      call.ledgerContext(agency),
    ),
  );
  const changed = { ...next, invoice: changedInvoice(changes, invoice) };
  return {
    ...(await invoiceReply(call, changed)),
    writes: [...writes, ...saveLedger(call.tenant, changes)],
  };
}
