import { dayIn } from "../../../domain/shared/calendar.ts";
import { equals, type Filter, listPageKnowing } from "../../kit/listing.ts";
import { operation } from "../../kit/operation.ts";
import { searched } from "../../kit/search.ts";
import { requireCustomer } from "../billing/party.ts";
import { quotesRoutes } from "./routes.ts";
import { quoteReplyOf, quoteRowFromIndex, requireQuote } from "./view.ts";

export const getQuote = operation(quotesRoutes.getQuote, async (call) =>
  quoteReplyOf(call, await requireQuote(call)),
);

export const listQuotes = operation(quotesRoutes.listQuotes, async (call) => {
  const query = call.query();
  // Only what depends on the day waits for the settings.
  const day = async () => dayIn(call.now, (await call.agency()).settings.timeZone);
  if (query.customer) await requireCustomer(call, query.customer);
  const filters: Filter[] = [
    ...(query.isRetainer === undefined ? [] : [equals("isRetainer", query.isRetainer)]),
    ...(query.status ? [await statusFilter(query.status, day)] : []),
    ...(await searched(call.tenant, "QUO", query.search)),
  ];
  const { customer, from, to } = query;
  const listing = { kind: "QUO", customer, from, to, filters };
  const rows = { known: day(), toRow: quoteRowFromIndex };
  return { status: 200, body: await listPageKnowing(call.tenant, { listing, query }, rows) };
});

/** Expired is not stored: it is what a sent quote is after its last day. */
async function statusFilter(status: string, day: () => Promise<string>): Promise<Filter> {
  if (status !== "Sent" && status !== "Expired") return equals("status", status);
  return {
    expression: `#row.#status = :sent AND #row.validUntil ${status === "Sent" ? ">=" : "<"} :today`,
    names: { "#row": "row", "#status": "status" },
    values: { ":sent": "Sent", ":today": await day() },
  };
}
