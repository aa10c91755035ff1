import { creditKey } from "../../../domain/billing/credit.store.ts";
import { creditSchema } from "../../../domain/billing/credit.ts";
import { invoiceKey } from "../../../domain/billing/invoice.store.ts";
import { balanceOf, type Invoice, invoiceSchema } from "../../../domain/billing/invoice.ts";
import { loadAccount } from "../../../domain/customers/customer.store.ts";
import { loadInvoices } from "../../../domain/payments/ledger.store.ts";
import { paymentKey } from "../../../domain/payments/payment.store.ts";
import { paymentSchema } from "../../../domain/payments/payment.ts";
import { listRecordsSince } from "../../../domain/portal/journal.store.ts";
import {
  type Statement,
  type StatementFacts,
  type StatementRange,
  statementOf,
} from "../../../domain/portal/statement.ts";
import { addDays, instantAt } from "../../../domain/shared/calendar.ts";
import type { Currency } from "../../../domain/shared/currencies.ts";
import { type Id, isId } from "../../../domain/shared/ids.ts";
import { type JournalRecord, noBalance } from "../../../domain/shared/journal.ts";
import {
  type Item,
  type Key,
  keyText,
  loadItems,
  type Tenant,
} from "../../../domain/shared/table.store.ts";
import { type Filter, listPage } from "../../kit/listing.ts";

export interface StatementWanted {
  readonly customer: Id<"customer">;
  readonly currency: Currency;
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

const triesMax = 3;

/** Several reads: when somebody moves money between them they are made again, until they agree. */
export async function loadStatement(tenant: Tenant, wanted: StatementWanted): Promise<Statement> {
  const { currency, from, to, zone } = wanted;
  const range: StatementRange = { currency, from, to, until: instantAt(addDays(to, 1), 0, zone) };
  for (let round = 1; ; round += 1) {
    const statement = statementOf(range, await loadFacts(tenant, wanted));
    const open = Object.values(statement.aging).reduce((sum, amount) => sum + amount, 0);
    if (open === statement.closing.outstanding || round === triesMax) return statement;
  }
}

async function loadFacts(tenant: Tenant, wanted: StatementWanted): Promise<StatementFacts> {
  const { customer, currency, from, zone } = wanted;
  const [{ before, records }, open, account] = await Promise.all([
    listRecordsSince(tenant, customer, instantAt(from, 0, zone)),
    openInvoices(tenant, wanted),
    loadAccount(tenant, customer),
  ]);
  const last = records.at(-1) ?? before;
  const touched = await loadTouched(tenant, records);
  const retainerIds = new Set<string>([...account.retainers, ...touched.retainerOf.values()]);
  const retainers = await loadInvoices(tenant, [...retainerIds]);
  const invoices = new Map<string, Invoice>(
    [...open, ...touched.invoices].map((invoice) => [invoice.id, invoice]),
  );
  return {
    balance: last?.balances[currency] ?? noBalance,
    records,
    invoices: [...invoices.values()].filter(isClaim(currency)).map(openOf),
    retainers: retainers.filter((one) => one.currency === currency).flatMap(stateOf),
    retainerOf: touched.retainerOf,
    numbers: touched.numbers,
  };
}

const isClaim =
  (currency: Currency) =>
  (invoice: Invoice): boolean =>
    !invoice.isRetainer && invoice.status !== "Draft" && invoice.currency === currency;

const openOf = (invoice: Invoice) => ({
  id: invoice.id,
  dueDate: invoice.dueDate,
  balance: balanceOf(invoice),
});

const stateOf = ({ id, number, date, drawdown }: Invoice) =>
  drawdown ? [{ id, number, date, ...drawdown }] : [];

const isOpenFilter: Filter = {
  expression: "#row.#status IN (:unpaid, :partial, :pending) AND #row.isRetainer = :no",
  names: { "#row": "row", "#status": "status" },
  values: { ":unpaid": "Unpaid", ":partial": "Partial", ":pending": "Pending", ":no": false },
};

async function openInvoices(
  tenant: Tenant,
  { customer }: Pick<StatementWanted, "customer">,
): Promise<Invoice[]> {
  const listing = { kind: "INV", customer, filters: [isOpenFilter] };
  const toRow = (item: Item) => invoiceSchema.parse(item);
  const found: Invoice[] = [];
  let after: string | undefined;
  do {
    const query = { limit: 100, ...(after ? { after } : {}) };
    const page = await listPage(tenant, { listing, query }, toRow);
    found.push(...page.docs);
    after = page.next ?? undefined;
  } while (after);
  return found;
}

/** The heads of all that the records moved, in one call per hundred. */
async function loadTouched(tenant: Tenant, records: readonly JournalRecord[]) {
  const ids = new Set(records.flatMap(({ postings }) => postings.map(({ subject }) => subject)));
  const keysOf = (kind: "invoice" | "payment" | "credit", keyOf: (id: string) => Key) =>
    [...ids].filter((id) => isId(kind, id)).map(keyOf);
  const keys = {
    invoices: keysOf("invoice", (id) => invoiceKey(tenant, id)),
    payments: keysOf("payment", (id) => paymentKey(tenant, id)),
    credits: keysOf("credit", (id) => creditKey(tenant, id)),
  };
  const found = await loadItems(tenant, [...keys.invoices, ...keys.payments, ...keys.credits]);
  const pick = (some: readonly Key[]): Item[] =>
    some.map((key) => found.get(keyText(key))).filter((item) => item !== undefined);
  const invoices = pick(keys.invoices).map((item) => invoiceSchema.parse(item));
  const credits = pick(keys.credits).map((item) => creditSchema.parse(item));
  const payments = pick(keys.payments).map((item) => paymentSchema.parse(item));
  return {
    invoices,
    numbers: new Map(
      [...invoices, ...credits].map(({ id, number }): [string, string] => [id, number ?? ""]),
    ),
    retainerOf: new Map(
      payments.flatMap(({ id, retainer }): [string, string][] =>
        retainer ? [[id, retainer]] : [],
      ),
    ),
  };
}
