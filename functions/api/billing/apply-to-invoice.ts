import type { Invoice } from "../../../domain/billing/invoice.ts";
import { type ApplyLine, applyMoney } from "../../../domain/payments/apply.ts";
import { planApplication } from "../../../domain/payments/automatic.ts";
import { loadBooks, saveLedger } from "../../../domain/payments/ledger.store.ts";
import type { Books } from "../../../domain/payments/ledger.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { minorUnitsOf, throwProblems } from "../../kit/fields.ts";
import { type Call, operation } from "../../kit/operation.ts";
import { orRefuse, Refused } from "../../kit/refused.ts";
import { changedInvoice, invoiceReply, requireDocument } from "./required.ts";
import { billingRoutes } from "./routes.ts";

/** Draws existing money: what the caller names, or what automatic application would take. */
export const applyToInvoice = operation(billingRoutes.applyToInvoice, async (call) => {
  const document = await requireDocument(call);
  const body = call.body();
  const agency = await call.agency();
  const { invoice } = document;
  const lines = "auto" in body ? await automatic(call, invoice) : named(invoice, body);
  const books = await booksOf(call, invoice, lines);
  call.requireVersion(invoice);
  const command = { lines, subject: invoice.id };
  const { changes } = orRefuse(applyMoney(books, command, call.ledgerContext(agency)));
  const changed = { ...document, invoice: changedInvoice(changes, invoice) };
  const reply = await invoiceReply(call, changed);
  return lines.length === 0 ? reply : { ...reply, writes: saveLedger(call.tenant, changes) };
});

interface Named {
  readonly payments?: readonly { payment: string; amount?: number | undefined }[] | undefined;
  readonly credits?: readonly { credit: string; amount?: number | undefined }[] | undefined;
}

function named(invoice: Invoice, { payments = [], credits = [] }: Named): ApplyLine[] {
  const minor = minorUnitsOf(invoice.currency);
  const amountOf = (amount: number | undefined, pointer: string) =>
    amount === undefined ? undefined : minor(amount, pointer);
  const lines: ApplyLine[] = [
    ...payments.map(({ payment, amount }, index) => ({
      payment: payment as `pay_${string}`,
      invoice: invoice.id,
      amount: amountOf(amount, `#/payments/${index}/amount`),
    })),
    ...credits.map(({ credit, amount }, index) => ({
      credit: credit as `crd_${string}`,
      invoice: invoice.id,
      amount: amountOf(amount, `#/credits/${index}/amount`),
    })),
  ];
  throwProblems(minor);
  return lines;
}

async function automatic(call: Call, invoice: Invoice): Promise<ApplyLine[]> {
  const { settings } = await call.agency();
  if (invoice.isRetainer) {
    throw new Refused(refuse("invoice.is-retainer", "Existing money is applied to invoices only."));
  }
  if (["Draft", "Canceled", "Pending"].includes(invoice.status)) {
    throw new Refused(refuse("invoice.not-open", `The invoice is ${invoice.status}.`));
  }
  const { account } = await loadBooks(call.tenant, { customer: invoice.customer });
  const today = dayIn(call.now, settings.timeZone);
  return planApplication(account, invoice, { today, credits: true });
}

/** A payment or credit that doesn't exist is a 404 before anything is decided. */
async function booksOf(call: Call, invoice: Invoice, lines: readonly ApplyLine[]): Promise<Books> {
  const payments = lines.flatMap(({ payment }) => payment ?? []);
  const credits = lines.flatMap(({ credit }) => credit ?? []);
  const books = await loadBooks(call.tenant, { customer: invoice.customer, payments, credits });
  if (payments.some((asked) => !books.payments.some(({ id }) => id === asked))) {
    throw new Refused(refuse("payment.not-found", "There is no such payment."));
  }
  if (credits.some((asked) => !books.credits.some(({ id }) => id === asked))) {
    throw new Refused(refuse("credit.not-found", "There is no such credit."));
  }
  return { ...books, invoices: [...books.invoices, invoice] };
}
