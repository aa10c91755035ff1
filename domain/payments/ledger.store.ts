import { creditKey, saveCredit } from "../billing/credit.store.ts";
import { creditSchema } from "../billing/credit.ts";
import { invoiceKey, saveInvoice } from "../billing/invoice.store.ts";
import { type Invoice, invoiceSchema } from "../billing/invoice.ts";
import { accountSchema, emptyAccount } from "../customers/account.ts";
import { accountKey, saveAccount } from "../customers/customer.store.ts";
import type { Id } from "../shared/ids.ts";
import { saveJournalRecord } from "../shared/record.store.ts";
import {
  type GuardedWrite,
  type Item,
  type Key,
  keyText,
  loadItems,
  type Tenant,
} from "../shared/table.store.ts";
import type { Books, LedgerChanges } from "./ledger.ts";
import { paymentKey, removeApplication, saveApplication, savePayment } from "./payment.store.ts";
import { paymentSchema } from "./payment.ts";

export interface Wanted {
  readonly customer: Id<"customer">;
  readonly invoices?: readonly string[];
  readonly payments?: readonly string[];
  readonly credits?: readonly string[];
}

/**
 * Loads what a decision needs, consistently, in one call, and in a second one the retainers that the
 * payments funded if they were not asked for. Records that don't exist are left out.
 */
export async function loadBooks(tenant: Tenant, wanted: Wanted): Promise<Books> {
  const keys = {
    account: accountKey(tenant, wanted.customer),
    invoices: (wanted.invoices ?? []).map((id) => invoiceKey(tenant, id)),
    payments: (wanted.payments ?? []).map((id) => paymentKey(tenant, id)),
    credits: (wanted.credits ?? []).map((id) => creditKey(tenant, id)),
  };
  const found = await loadItems(tenant, [
    keys.account,
    ...keys.invoices,
    ...keys.payments,
    ...keys.credits,
  ]);
  const account = found.get(keyText(keys.account));
  const payments = pick(found, keys.payments).map((item) => paymentSchema.parse(item));
  const invoices = pick(found, keys.invoices).map((item) => invoiceSchema.parse(item));
  const retainers = await loadInvoices(
    tenant,
    payments.flatMap(({ retainer }) =>
      retainer && !invoices.some(({ id }) => id === retainer) ? [retainer] : [],
    ),
  );
  return {
    account: account ? accountSchema.parse(account) : emptyAccount(wanted.customer),
    invoices: [...invoices, ...retainers],
    payments,
    credits: pick(found, keys.credits).map((item) => creditSchema.parse(item)),
  };
}

export async function loadInvoices(tenant: Tenant, ids: readonly string[]): Promise<Invoice[]> {
  if (ids.length === 0) return [];
  const keys = ids.map((id) => invoiceKey(tenant, id));
  return pick(await loadItems(tenant, keys), keys).map((item) => invoiceSchema.parse(item));
}

function pick(found: ReadonlyMap<string, Item>, keys: readonly Key[]): Item[] {
  const distinct = [...new Set(keys.map(keyText))];
  return distinct.flatMap((key) => {
    const item = found.get(key);
    return item ? [item] : [];
  });
}

/** One write per changed item; a version that moved on since it was read makes all of them fail. */
export function saveLedger(tenant: Tenant, changes: LedgerChanges): GuardedWrite[] {
  return [
    saveAccount(tenant, changes.account),
    ...changes.invoices.map((invoice) => saveInvoice(tenant, invoice)),
    ...changes.payments.map((payment) => savePayment(tenant, payment)),
    ...changes.credits.map((credit) => saveCredit(tenant, credit)),
    ...changes.applied.map((application) => saveApplication(tenant, application)),
    ...changes.undone.map((application) => removeApplication(tenant, application)),
    ...changes.records.map((record) => saveJournalRecord(tenant, record)),
  ];
}
