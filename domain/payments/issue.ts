import { type Invoice, isIssued } from "../billing/invoice.ts";
import type { Also, Posting } from "../shared/journal.ts";
import { refuse } from "../shared/refusals.ts";
import { applyLines } from "./apply.ts";
import { type ApplyPolicy, planApplication } from "./automatic.ts";
import {
  type Books,
  closeLedger,
  type Decision,
  invoiceIn,
  type Ledger,
  type LedgerContext,
  openLedger,
  putInvoice,
  record,
} from "./ledger.ts";

export interface IssueInvoice {
  readonly invoice: Invoice;
  readonly number: string;
  readonly policy: ApplyPolicy;
  readonly sent: boolean;
}

/**
 * A draft becomes a demand, and waiting money pays it in the same transaction, so that no mail ever
 * asks for what the retainer covers. A retainer is only a request: it posts nothing.
 */
export function issueInvoice(
  books: Books,
  command: IssueInvoice,
  context: LedgerContext,
): Decision {
  if (isIssued(command.invoice)) {
    return refuse("invoice.issued", `The invoice is ${command.invoice.status}.`);
  }
  const ledger = openLedger(books, context);
  issueInto(ledger, command);
  return closeLedger(ledger);
}

export function issueInto(ledger: Ledger, command: IssueInvoice): void {
  const { now } = ledger.context;
  const draft = command.invoice;
  putInvoice(ledger, {
    ...draft,
    status: "Unpaid",
    number: command.number,
    issuedAt: now,
    scheduledFor: null,
    sentAt: command.sent ? now : draft.sentAt,
  });
  ledger.account = { ...ledger.account, issuedCount: ledger.account.issuedCount + 1 };
  const drawn = drawAutomatically(ledger, draft.id, command.policy);
  const settledAtIssue = draft.total === 0;
  record(ledger, {
    type: "invoice.issued",
    subject: draft.id,
    memo: command.number,
    postings: [...issuePostings(draft), ...drawn.postings],
    also: [
      ...(settledAtIssue ? [{ type: "invoice.paid", subject: draft.id }] : []),
      ...drawn.also,
      ...(drawn.postings.length > 0 ? [{ type: "payment.applied", subject: draft.id }] : []),
    ],
  });
}

/** receivable +T, revenue -N, tax -X; extra charges are revenue. A retainer is neither. */
export function issuePostings(invoice: Invoice): Posting[] {
  if (invoice.isRetainer || invoice.total === 0) return [];
  const { currency, id: subject } = invoice;
  const net = invoice.total - invoice.tax;
  return [
    { account: "receivable" as const, amount: invoice.total, currency, subject },
    { account: "revenue" as const, amount: -net, currency, subject },
    { account: "tax" as const, amount: -invoice.tax, currency, subject },
  ].filter(({ amount }) => amount !== 0);
}

function drawAutomatically(
  ledger: Ledger,
  invoiceId: string,
  policy: ApplyPolicy,
): { readonly postings: readonly Posting[]; readonly also: readonly Also[] } {
  const nothing = { postings: [], also: [] };
  const invoice = invoiceIn(ledger, invoiceId);
  if (policy.autoApply !== "always" || invoice.isRetainer) return nothing;
  const lines = planApplication(ledger.before.account, invoice, {
    today: ledger.context.today,
    credits: policy.useCredits === "always",
  });
  const applied = applyLines(ledger, lines);
  if (!applied.ok) throw new Error(`the plan for ${invoiceId} was refused: ${applied.code}`);
  return applied;
}
