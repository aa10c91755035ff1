import type { Agency } from "../../../domain/agencies/agency.ts";
import { saveContent } from "../../../domain/billing/invoice.store.ts";
import type { Content, Invoice } from "../../../domain/billing/invoice.ts";
import type { Account } from "../../../domain/customers/account.ts";
import { loadAccount } from "../../../domain/customers/customer.store.ts";
import type { Customer } from "../../../domain/customers/customer.ts";
import {
  type ApplyPolicy,
  planApplication,
  policyFor,
} from "../../../domain/payments/automatic.ts";
import { loadBooks } from "../../../domain/payments/ledger.store.ts";
import type { Books } from "../../../domain/payments/ledger.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import type { GuardedWrite, Tenant } from "../../../domain/shared/table.store.ts";
import { type GivenNumber, numberFor } from "../../kit/number.ts";
import type { Desk } from "../../kit/operation.ts";

export interface Issuing {
  readonly books: Books;
  readonly number: GivenNumber;
  readonly policy: ApplyPolicy;
  readonly customer: Customer;
}

/** Everything that issuing a document needs to know: its number and the money it may draw. */
export async function prepareIssue(
  call: Pick<Desk, "tenant" | "numbers" | "now">,
  agency: Agency,
  asked: { readonly invoice: Invoice; readonly customer: Customer | Promise<Customer> },
): Promise<Issuing> {
  const { invoice } = asked;
  const kind = invoice.isRetainer ? "retainer" : "invoice";
  const [customer, account, number] = await Promise.all([
    asked.customer,
    loadAccount(call.tenant, invoice.customer),
    numberFor(call, agency, { ...invoice, kind }),
  ]);
  const policy = policyFor(invoice, customer, agency.settings);
  const today = dayIn(call.now, agency.settings.timeZone);
  const books = await booksFor(call.tenant, { account, invoice, policy, today });
  return { books, number, policy, customer };
}

async function booksFor(
  tenant: Tenant,
  known: {
    readonly account: Account;
    readonly invoice: Invoice;
    readonly policy: ApplyPolicy;
    readonly today: string;
  },
): Promise<Books> {
  const { account, invoice, policy, today } = known;
  const credits = policy.useCredits === "always";
  const draws = policy.autoApply === "always" && !invoice.isRetainer;
  const plan = draws ? planApplication(account, invoice, { today, credits }) : [];
  if (plan.length === 0) return { account, invoices: [invoice], payments: [], credits: [] };
  const payments = plan.flatMap(({ payment }) => payment ?? []);
  const retainers = account.openMoney.flatMap(({ payment, retainer }) =>
    retainer && payments.includes(payment) ? [retainer.id] : [],
  );
  const found = await loadBooks(tenant, {
    customer: invoice.customer,
    invoices: retainers,
    payments,
    credits: plan.flatMap(({ credit }) => credit ?? []),
  });
  return { ...found, account, invoices: [...found.invoices, invoice] };
}

/** The parties as they stand on the day of issue; written only if they changed since the draft. */
export function freshContent(
  tenant: Tenant,
  document: { readonly invoice: Invoice; readonly content: Content },
  customer: Customer,
): { readonly content: Content; readonly writes: readonly GuardedWrite[] } {
  const { invoice, content } = document;
  const parties = { billTo: customer.billTo, shipTo: customer.shipTo };
  const known = { billTo: content.billTo, shipTo: content.shipTo };
  if (JSON.stringify(parties) === JSON.stringify(known)) return { content, writes: [] };
  const fresh = { ...content, ...parties };
  return { content: fresh, writes: [saveContent(tenant, invoice.id, fresh)] };
}
