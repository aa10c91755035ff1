import { saveInvoice } from "../../domain/billing/invoice.store.ts";
import type { Invoice } from "../../domain/billing/invoice.ts";
import { loadInvoices } from "../../domain/payments/ledger.store.ts";
import { listApplications } from "../../domain/payments/payment.store.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { loadSources } from "../documents/load-document.ts";
import type { Sources } from "../documents/paid-from.ts";
import { eventOf } from "../kit/event-record.ts";
import { equals, type Filter, listPage } from "../kit/listing.ts";
import { type Call, operation } from "../kit/operation.ts";
import { enter } from "./enter.ts";
import { type Drawn, invoiceRowFromIndex, invoiceView } from "./invoice-view.ts";
import { ownListing, requireOwnInvoice } from "./own-records.ts";
import { portalRoutes } from "./routes.ts";
import type { invoiceFilters } from "./schemas.ts";
import { trailOfDocument } from "./trail.ts";

export const listInvoices = operation(portalRoutes.listInvoices, async (call) => {
  const { today } = await enter(call, "invoices");
  const query = call.query();
  const { from, to, kind, status } = query;
  const filters: Filter[] = [
    status ? statusFilters[status](today) : notDraft,
    ...(kind ? [equals("isRetainer", kind === "retainer")] : []),
  ];
  const listing = { ...ownListing(call, "INV"), from, to, filters };
  const toRow = (item: Record<string, unknown>) => invoiceRowFromIndex(item, today);
  return { status: 200, body: await listPage(call.tenant, { listing, query }, toRow) };
});

const anyOf = (...statuses: readonly string[]): Filter => ({
  expression: `#row.#status IN (${statuses.map((_, index) => `:status${index}`).join(", ")})`,
  names: { "#row": "row", "#status": "status" },
  values: Object.fromEntries(statuses.map((status, index) => [`:status${index}`, status])),
});

const notDraft: Filter = {
  expression: "#row.#status <> :draft",
  names: { "#row": "row", "#status": "status" },
  values: { ":draft": "Draft" },
};

/** All that a contact may still have to act on. */
export const openFilter = anyOf("Unpaid", "Partial", "Pending");

const statusFilters: Record<(typeof invoiceFilters)[number], (today: string) => Filter> = {
  paid: () => anyOf("Paid", "Refunded"),
  unpaid: () => openFilter,
  canceled: () => anyOf("Canceled"),
  overdue: (today) => {
    const open = anyOf("Unpaid", "Partial");
    return {
      ...open,
      expression: `${open.expression} AND #row.dueDate < :today`,
      values: { ...open.values, ":today": today },
    };
  },
};

/** The first look of a contact is noted; staff who look in the contact's name are not it. */
export const getInvoice = operation(portalRoutes.getInvoice, async (call) => {
  const [{ agency, today }, document] = await Promise.all([
    enter(call, "invoices", { isDocument: true }),
    requireOwnInvoice(call),
  ]);
  const { invoice } = document;
  const sources = await loadSources(call.tenant, invoice);
  const drawn = invoice.isRetainer ? await drawnFrom(call, sources) : [];
  const trail = await trailOfDocument(call, invoice, { sources, drawn });
  const body = { ...invoiceView(document, { agency, today, sources, drawn }), trail };
  return { status: 200, body, writes: noteView(call, invoice) };
});

function noteView(call: Call, invoice: Invoice): GuardedWrite[] {
  if (invoice.viewedAt !== null || call.principal.isStaff) return [];
  const { id: subject, customer } = invoice;
  const seen = { viewedAt: call.now, updatedAt: call.now, version: invoice.version + 1 };
  return [
    saveInvoice(call.tenant, { ...invoice, ...seen }),
    eventOf(call, { type: "invoice.viewed", subject, customer }),
  ];
}

const fundingReadMax = 20;
const drawnShownMax = 100;

/** The invoices that used a retainer's money, the newest first. */
export async function drawnFrom(
  { tenant }: Pick<Call, "tenant">,
  { payments }: Sources,
): Promise<Drawn[]> {
  const funding = [...payments.keys()].slice(0, fundingReadMax);
  const found = await Promise.all(
    funding.map((payment) => listApplications(tenant, { payment }, drawnShownMax)),
  );
  const newest = found
    .flat()
    .sort((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id))
    .slice(0, drawnShownMax);
  const ids = [...new Set(newest.map(({ invoice }) => invoice))];
  const numbers = new Map(
    (await loadInvoices(tenant, ids)).map(({ id, number }): [string, string | null] => [
      id,
      number,
    ]),
  );
  return newest.map(({ invoice: id, amount, at }) => ({
    invoice: { id, number: numbers.get(id) ?? null },
    amount,
    at,
  }));
}
