import { loadInvoices } from "../../../domain/payments/ledger.store.ts";
import { loadSchedules, madeListing } from "../../../domain/recurring/recurring.store.ts";
import { upcoming } from "../../../domain/recurring/recurring.ts";
import { addDays, dayIn } from "../../../domain/shared/calendar.ts";
import { equals, type Filter, listPage } from "../../kit/listing.ts";
import { operation } from "../../kit/operation.ts";
import { listPartition } from "../../kit/partition-listing.ts";
import { searched } from "../../kit/search.ts";
import { requireCustomer } from "../billing/party.ts";
import { invoiceRow } from "../billing/view.ts";
import { recurringRoutes } from "./routes.ts";
import { recurringReplyOf, recurringRow, requireRecurring } from "./view.ts";

export const getRecurring = operation(recurringRoutes.getRecurring, async (call) =>
  recurringReplyOf(call, await requireRecurring(call)),
);

export const listRecurring = operation(recurringRoutes.listRecurring, async (call) => {
  const query = call.query();
  const { settings } = await call.agency();
  if (query.customer) await requireCustomer(call, query.customer);
  const filters: Filter[] = [
    ...(query.isRetainer === undefined ? [] : [equals("isRetainer", query.isRetainer)]),
    ...(query.status ? [equals("status", query.status)] : []),
    ...(await searched(call.tenant, "REC", query.search)),
  ];
  const listing = { kind: "REC", customer: query.customer, filters };
  const page = await listPage(call.tenant, { listing, query }, ({ id }) => String(id));
  const found = await loadSchedules(call.tenant, page.docs);
  const docs = found.map((recurring) => recurringRow(recurring, settings.dueDays));
  return { status: 200, body: { ...page, docs } };
});

const shownByDefault = 12;

export const getSchedule = operation(recurringRoutes.getSchedule, async (call) => {
  const { recurring } = await requireRecurring(call);
  const { count = shownByDefault } = call.query();
  const { settings } = await call.agency();
  const dueDays = recurring.dueDays ?? settings.dueDays;
  const docs = upcoming(recurring, count).map(({ cycle, date }) => ({
    cycle,
    date,
    dueDate: addDays(date, dueDays),
  }));
  return { status: 200, body: { docs } };
});

export const listRecurringInvoices = operation(
  recurringRoutes.listRecurringInvoices,
  async (call) => {
    const { recurring } = await requireRecurring(call);
    const query = call.query();
    const { settings } = await call.agency();
    const today = dayIn(call.now, settings.timeZone);
    const listing = madeListing(call.tenant, recurring);
    const page = await listPartition(call.tenant, { listing, query }, ({ invoice }) =>
      String(invoice),
    );
    const docs = (await loadInvoices(call.tenant, page.docs)).map((one) => invoiceRow(one, today));
    return { status: 200, body: { ...page, docs } };
  },
);
