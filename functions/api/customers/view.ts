import { drawStatusOf, type Invoice, remainingOf } from "../../../domain/billing/invoice.ts";
import type { Account } from "../../../domain/customers/account.ts";
import type { Contact } from "../../../domain/customers/contact.ts";
import { type Customer, customerSchema } from "../../../domain/customers/customer.ts";
import type { Currency } from "../../../domain/shared/currencies.ts";
import {
  journalRecordSchema,
  noBalance,
  publishedBalance,
  publishedRecord,
} from "../../../domain/shared/journal.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import type { Item } from "../../../domain/shared/table.store.ts";

/** What a list row shows, and what every answer begins with. */
const customerRow = (customer: Customer) => ({
  id: customer.id,
  billTo: customer.billTo,
  internalId: customer.internalId,
  currency: customer.currency,
  tags: customer.tags,
  archived: customer.archived,
  createdAt: customer.createdAt,
  updatedAt: customer.updatedAt,
  version: customer.version,
});

export const customerRowFromIndex = (item: Item) => customerRow(customerSchema.parse(item));

export const customerView = (customer: Customer) => ({
  ...customerRow(customer),
  shipTo: customer.shipTo,
  lang: customer.lang,
  taxId: customer.taxId,
  cc: customer.cc,
  bcc: customer.bcc,
  notes: customer.notes,
  attachPdf: customer.attachPdf,
  autoApply: customer.autoApply,
});

/** The customer's own currency is always told, also while nothing happened in it. */
export function balanceView(
  account: Account,
  { home, retainers }: { readonly home: Currency; readonly retainers: readonly Invoice[] },
) {
  const balances = { [home]: noBalance, ...account.balances };
  return {
    customer: account.customer,
    balances: Object.entries(balances)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, balance]) => ({
        currency,
        ...publishedBalance(balance, currency as Currency),
      })),
    retainers: retainers.flatMap((retainer) => retainerView(retainer)),
  };
}

function retainerView({ id, number, currency, drawdown }: Invoice) {
  if (!drawdown) return [];
  const major = (amount: number) => toMajor(amount, currency);
  return [
    {
      id,
      number,
      currency,
      funded: major(drawdown.funded),
      drawn: major(drawdown.drawn),
      refunded: major(drawdown.refunded),
      remaining: major(remainingOf(drawdown)),
      drawStatus: drawStatusOf(drawdown),
    },
  ];
}

/** Exactly the record that its hash covers, and the hash. */
export function journalView(item: Item) {
  const record = journalRecordSchema.parse(item);
  return { ...publishedRecord(record), hash: record.hash };
}

export const contactView = (contact: Contact) => ({
  id: contact.id,
  customer: contact.customer,
  firstName: contact.firstName,
  lastName: contact.lastName,
  email: contact.email,
  lang: contact.lang,
  primary: contact.primary,
  receivesMail: contact.receivesMail,
  portal: contact.portal,
  mailFailure: contact.mailFailure,
  createdAt: contact.createdAt,
  updatedAt: contact.updatedAt,
  version: contact.version,
});
