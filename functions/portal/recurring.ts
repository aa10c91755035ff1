import { loadInvoices } from "../../domain/payments/ledger.store.ts";
import {
  loadSchedule,
  loadSchedules,
  madeListing,
  saveSchedule,
} from "../../domain/recurring/recurring.store.ts";
import {
  chooseAutoBill as choose,
  isAutoBilled,
  type Recurring,
} from "../../domain/recurring/recurring.ts";
import { toMajor } from "../../domain/shared/money.ts";
import { refuse } from "../../domain/shared/refusals.ts";
import { eventOf } from "../kit/event-record.ts";
import { type Filter, listPage } from "../kit/listing.ts";
import { type Call, operation } from "../kit/operation.ts";
import { listPartition } from "../kit/partition-listing.ts";
import { orRefuse, Refused } from "../kit/refused.ts";
import { customerOf, enter } from "./enter.ts";
import { invoiceRow } from "./invoice-view.ts";
import { ownListing } from "./own-records.ts";
import { portalRoutes } from "./routes.ts";

const notDraft: Filter = {
  expression: "#row.#status <> :draft",
  names: { "#row": "row", "#status": "status" },
  values: { ":draft": "Draft" },
};

export const listRecurring = operation(portalRoutes.listRecurring, async (call) => {
  await enter(call, "recurringInvoices");
  const query = call.query();
  const listing = { ...ownListing(call, "REC"), filters: [notDraft] };
  const page = await listPage(call.tenant, { listing, query }, ({ id }) => String(id));
  const docs = (await loadSchedules(call.tenant, page.docs)).map(recurringView);
  return { status: 200, body: { ...page, docs } };
});

export const getRecurring = operation(portalRoutes.getRecurring, async (call) => {
  const [recurring] = await Promise.all([requireOwn(call), enter(call, "recurringInvoices")]);
  return { status: 200, body: recurringView(recurring) };
});

/** What was made of it, as in the list of invoices. */
export const listMade = operation(portalRoutes.listRecurringInvoices, async (call) => {
  const [recurring, { today }] = await Promise.all([
    requireOwn(call),
    enter(call, "recurringInvoices"),
  ]);
  const query = call.query();
  const listing = madeListing(call.tenant, recurring);
  const page = await listPartition(call.tenant, { listing, query }, ({ invoice }) =>
    String(invoice),
  );
  const docs = (await loadInvoices(call.tenant, page.docs)).map((one) => invoiceRow(one, today));
  return { status: 200, body: { ...page, docs } };
});

export const chooseAutoBill = operation(portalRoutes.chooseAutoBill, async (call) => {
  const [before] = await Promise.all([requireOwn(call), enter(call, "recurringInvoices")]);
  const { enabled } = call.body();
  const { recurring } = orRefuse(choose(before, enabled, call.now));
  const { id: subject, customer } = recurring;
  const event = { type: "recurring.auto-bill-chosen", subject, customer, data: { enabled } };
  return {
    status: 200,
    body: recurringView(recurring),
    writes: [saveSchedule(call.tenant, recurring), eventOf(call, event)],
  };
});

async function requireOwn(call: Pick<Call, "tenant" | "params" | "principal">): Promise<Recurring> {
  const found = await loadSchedule(call.tenant, call.params.id ?? "");
  if (found && found.status !== "Draft" && found.customer === customerOf(call)) return found;
  throw new Refused(refuse("recurring.not-found", "There is no such recurring invoice."));
}

export function recurringView(recurring: Recurring) {
  const { id, number, isRetainer, status, currency, frequency, startOn, nextOn } = recurring;
  const { cycles, cyclesLeft, autoBill, autoBillOn } = recurring;
  return {
    ...{ id, number, isRetainer, status, currency, frequency, startOn, nextOn },
    ...{ cycles, cyclesLeft, autoBillOn },
    amount: toMajor(recurring.total, currency),
    autoBillActive: isAutoBilled(recurring),
    mayChoose: autoBill === "optIn" || autoBill === "optOut",
  };
}
