import type { Agency } from "../../domain/agencies/agency.ts";
import { balanceOf, type Invoice, invoiceSchema, isOverdue } from "../../domain/billing/invoice.ts";
import type { Account } from "../../domain/customers/account.ts";
import { loadAccount } from "../../domain/customers/customer.store.ts";
import { loadInvoices } from "../../domain/payments/ledger.store.ts";
import { paymentKey } from "../../domain/payments/payment.store.ts";
import { type Payment, paymentSchema } from "../../domain/payments/payment.ts";
import { listNewestRecords } from "../../domain/portal/journal.store.ts";
import { type Currency, isCurrency } from "../../domain/shared/currencies.ts";
import { type JournalRecord, noBalance, publishedBalance } from "../../domain/shared/journal.ts";
import { toMajor } from "../../domain/shared/money.ts";
import { loadItems, type Tenant } from "../../domain/shared/table.store.ts";
import { listPage } from "../kit/listing.ts";
import { type Call, operation } from "../kit/operation.ts";
import { customerOf, enter, isOn, type Portal } from "./enter.ts";
import { loadAbout } from "./load-about.ts";
import { ownListing } from "./own-records.ts";
import { openFilter } from "./read-invoices.ts";
import { recentActivity } from "./recent-activity.ts";
import { retainerCards } from "./retainer-cards.ts";
import { portalRoutes } from "./routes.ts";
import { upcomingCharges } from "./upcoming-charges.ts";

const recordsRead = 300;
const toPayRead = 100;
const toPayShown = 20;
const upcomingShown = 10;

/** Money first: what is left, what is due, what comes. */
export const getHome = operation(portalRoutes.home, async (call) => {
  const { tenant } = call;
  const customer = customerOf(call);
  const [portal, account, records, open, upcoming] = await Promise.all([
    enter(call, null),
    loadAccount(tenant, customer),
    listNewestRecords(tenant, customer, recordsRead),
    openDocuments(call),
    upcomingCharges(call),
  ]);
  const [retainers, payments] = await Promise.all([
    loadInvoices(tenant, account.retainers),
    openPayments(tenant, account),
  ]);
  const shown = open.filter(({ status }) => status !== "Pending").slice(0, toPayShown);
  const about = await loadAbout(tenant, shown);
  const { agency, today } = portal;
  const facts = { agency, today, account, records, retainers, payments };
  return {
    status: 200,
    body: {
      balances: balancesOf(account, { portal, open }),
      ...(await activity(tenant, facts)),
      toPay: shown.map((invoice) => toPayRow(invoice, { today, about: about.get(invoice.id) })),
      comingUp: upcoming
        .filter(({ kind }) =>
          isOn(agency, kind === "recurring" ? "recurringInvoices" : "prePayment"),
        )
        .slice(0, upcomingShown),
    },
  };
});

interface Facts {
  readonly agency: Agency;
  readonly today: string;
  readonly account: Account;
  readonly records: readonly JournalRecord[];
  readonly retainers: readonly Invoice[];
  readonly payments: readonly Payment[];
}

/** Both tell numbers of what the journal touched: they are looked up once. */
async function activity(tenant: Tenant, facts: Facts) {
  const cards = retainerCards(facts);
  const recent = recentActivity(facts.records);
  const ids = [...cards.subjects, ...recent.subjects];
  const touched = await loadInvoices(tenant, [
    ...new Set(ids.filter((id) => id.startsWith("inv_"))),
  ]);
  const known = new Map(touched.map((invoice): [string, Invoice] => [invoice.id, invoice]));
  return { retainers: cards.show(known), recent: recent.show(known) };
}

/** What asks for money now, the most urgent first. */
async function openDocuments(call: Call): Promise<Invoice[]> {
  const listing = { ...ownListing(call, "INV"), filters: [openFilter] };
  const query = { limit: toPayRead };
  const page = await listPage(call.tenant, { listing, query }, (item) => invoiceSchema.parse(item));
  return [...page.docs].sort((a, b) => a.dueDate.localeCompare(b.dueDate));
}

async function openPayments(tenant: Tenant, { openMoney }: Account): Promise<Payment[]> {
  if (openMoney.length === 0) return [];
  const keys = openMoney.map(({ payment }) => paymentKey(tenant, payment));
  const found = await loadItems(tenant, keys);
  return [...found.values()].map((item) => paymentSchema.parse(item));
}

/** The customer's own currency is always told, also while nothing happened in it. */
function balancesOf(
  account: Account,
  { portal, open }: { readonly portal: Portal; readonly open: readonly Invoice[] },
) {
  const { agency, customer, today } = portal;
  const home = customer.currency ?? agency.settings.currency;
  const currencies = new Set<string>([
    home,
    ...Object.keys(account.balances),
    ...open.map(({ currency }) => currency),
  ]);
  return [...currencies].sort().flatMap((currency) => {
    if (!isCurrency(currency)) return [];
    const due = open.filter((invoice) => invoice.currency === currency);
    const late = due.filter((invoice) => isOverdue(invoice, today));
    const balance = account.balances[currency] ?? noBalance;
    return [
      {
        currency,
        due: sumOf(due, currency),
        overdue: sumOf(late, currency),
        ...publishedBalance(balance, currency),
      },
    ];
  });
}

const sumOf = (invoices: readonly Invoice[], currency: Currency): number =>
  toMajor(
    invoices.reduce((sum, invoice) => sum + balanceOf(invoice), 0),
    currency,
  );

function toPayRow(
  invoice: Invoice,
  { today, about = null }: { readonly today: string; readonly about?: string | null | undefined },
) {
  const { id, number, isRetainer, currency, date, dueDate, status } = invoice;
  return {
    ...{ id, number, isRetainer, about, currency, date, dueDate, status },
    total: toMajor(invoice.total, currency),
    balance: toMajor(balanceOf(invoice), currency),
    isOverdue: isOverdue(invoice, today),
  };
}
