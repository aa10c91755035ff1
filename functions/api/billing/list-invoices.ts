import { dayIn } from "../../../domain/shared/calendar.ts";
import { equals, type Filter, listPageKnowing } from "../../kit/listing.ts";
import { operation } from "../../kit/operation.ts";
import { searched } from "../../kit/search.ts";
import { requireCustomer } from "./party.ts";
import { billingRoutes } from "./routes.ts";
import { invoiceRowFromIndex } from "./view.ts";

export const listInvoices = operation(billingRoutes.listInvoices, async (call) => {
  const query = call.query();
  const { customer, from, to } = query;
  // Only what depends on the day waits for the settings.
  const day = async () => dayIn(call.now, (await call.agency()).settings.timeZone);
  if (query.customer) await requireCustomer(call, query.customer);
  const filters: Filter[] = [
    ...(query.isRetainer === undefined ? [] : [equals("isRetainer", query.isRetainer)]),
    ...(query.status ? [equals("status", query.status)] : []),
    ...(query.overdue === undefined ? [] : [overdueFilter(query.overdue, await day())]),
    ...(query.tag === undefined ? [] : [hasTag(query.tag)]),
    ...(await searched(call.tenant, "INV", query.search)),
  ];
  const listing = { kind: "INV", customer, from, to, filters };
  const rows = { known: day(), toRow: invoiceRowFromIndex };
  return { status: 200, body: await listPageKnowing(call.tenant, { listing, query }, rows) };
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
