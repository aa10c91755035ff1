import type { InvoiceDocument } from "../../../domain/billing/invoice.store.ts";
import type { IssueInvoice } from "../../../domain/payments/issue.ts";
import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import type { Books, LedgerChanges } from "../../../domain/payments/ledger.ts";
import { recordPayment } from "../../../domain/payments/record-payment.ts";
import { newId } from "../../../domain/shared/ids.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import { minorUnits } from "../../kit/fields.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { orRefuse } from "../../kit/refused.ts";
import { receivedAtOf } from "../payments/received-at.ts";
import { paymentView } from "../payments/view.ts";
import { customerOf } from "./issue-invoice.ts";
import { freshContent, prepareIssue } from "./issuing.ts";
import { changedInvoice, invoiceReply, requireDocument } from "./required.ts";
import { billingRoutes } from "./routes.ts";

export const recordInvoicePayment = operation(billingRoutes.recordInvoicePayment, async (call) => {
  const document = await requireDocument(call);
  const body = call.body();
  const { currency } = document.invoice;
  call.requireVersion(document.invoice);
  const amount = body.amount === undefined ? null : minorUnits(body.amount, currency, "#/amount");
  const { changes, writes } = await receive(call, document, { ...body, amount });
  const [payment] = changes.payments.filter(({ version }) => version === 1);
  if (!payment) return { ...(await invoiceReply(call, document, 201)), writes };
  return { status: 201, body: paymentView(payment, [...changes.applied]), writes };
});

/** Issues if Draft and books what is left to pay as received. */
export const markPaid = operation(billingRoutes.markPaid, async (call) => {
  const document = await requireDocument(call);
  const body = call.body();
  call.requireVersion(document.invoice);
  if (document.invoice.status === "Paid") return invoiceReply(call, document);
  const { changes, writes, content } = await receive(call, document, { ...body, amount: null });
  const invoice = changedInvoice(changes, document.invoice);
  return { ...(await invoiceReply(call, { invoice, content })), writes };
});

interface Given {
  readonly amount: number | null;
  readonly method?: string | undefined;
  readonly paidAt?: string | null | undefined;
  readonly reference?: string | null | undefined;
  readonly notes?: string | null | undefined;
  readonly sendNotification?: boolean | undefined;
}

async function receive(call: Call, document: InvoiceDocument, given: Given) {
  const agency = await call.agency();
  const { invoice } = document;
  const prepared = await prepare(call, document);
  const context = call.ledgerContext(agency);
  const { changes } = orRefuse(
    recordPayment(
      prepared.books,
      {
        invoice: invoice.id,
        issue: prepared.issue,
        amount: given.amount,
        payment: {
          id: newId("payment", Date.parse(call.now), call.deps.random(10)),
          customer: invoice.customer,
          currency: invoice.currency,
          method: given.method ?? "Other",
          source: "manual",
          receivedAt: receivedAtOf(given.paidAt, call.now, agency.settings.timeZone),
          reference: given.reference ?? null,
          notes: given.notes ?? null,
          stripe: null,
          notify: given.sendNotification ?? false,
        },
      },
      context,
    ),
  );
  const writes = [...prepared.writes, ...saveLedger(call.tenant, changes)];
  return { changes: changes as LedgerChanges, writes, content: prepared.content };
}

interface Prepared {
  readonly books: Books;
  readonly issue: IssueInvoice | null;
  readonly writes: readonly GuardedWrite[];
  readonly content: InvoiceDocument["content"];
}

async function prepare(call: Call, document: InvoiceDocument): Promise<Prepared> {
  const { invoice, content } = document;
  if (invoice.status !== "Draft") {
    const books = await loadBooks(call.tenant, { customer: invoice.customer });
    return { books: { ...books, invoices: [invoice] }, issue: null, writes: [], content };
  }
  const agency = await call.agency();
  const { books, number, policy, customer } = await prepareIssue(call, agency, {
    invoice,
    customer: customerOf(call, document),
  });
  const fresh = freshContent(call.tenant, document, customer);
  return {
    books,
    issue: { invoice, number: number.number, policy, sent: false },
    writes: [...number.writes, ...fresh.writes],
    content: fresh.content,
  };
}
