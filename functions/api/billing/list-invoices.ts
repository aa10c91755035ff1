import { dayIn } from "../../../domain/shared/calendar.ts";
import { equals, type Filter, listPage } from "../../kit/listing.ts";
import { operation } from "../../kit/operation.ts";
import { searched } from "../../kit/search.ts";
import { requireCustomer } from "./party.ts";
import { billingRoutes } from "./routes.ts";
import { invoiceRowFromIndex } from "./view.ts";

export const listInvoices = operation(billingRoutes.listInvoices, async (call) => {
  const query = call.query();
  const { settings } = await call.agency();
  const today = dayIn(call.now, settings.timeZone);
  if (query.customer) await requireCustomer(call, query.customer);
  const filters: Filter[] = [
    ...(query.isRetainer === undefined ? [] : [equals("isRetainer", query.isRetainer)]),
    ...(query.status ? [equals("status", query.status)] : []),
    ...(query.overdue === undefined ? [] : [overdueFilter(query.overdue, today)]),
    ...(query.tag === undefined ? [] : [hasTag(query.tag)]),
    ...(await searched(call.tenant, "INV", query.search)),
  ];
  const { customer, from, to } = query;
  const listing = { kind: "INV", customer, from, to, filters };
  const toRow = (item: Record<string, unknown>) => invoiceRowFromIndex(item, today);
  return { status: 200, body: await listPage(call.tenant, { listing, query }, toRow) };
});

function overdueFilter(overdue: boolean, today: string): Filter {
  const late = "((#row.#status = :unpaid OR #row.#status = :partial) AND #row.dueDate < :today)";
  return {
    expression: overdue ? late : `(NOT ${late})`,
    names: { "#row": "row", "#status": "status" },
    values: { ":unpaid": "Unpaid", ":partial": "Partial", ":today": today },
  };
}

const hasTag = (tag: string): Filter => ({
  expression: "contains(#row.tags, :tag)",
  names: { "#row": "row" },
  values: { ":tag": tag },
});
