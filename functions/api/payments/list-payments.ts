import { equals, type Filter, listPage } from "../../kit/listing.ts";
import { operation } from "../../kit/operation.ts";
import { searched } from "../../kit/search.ts";
import { requireCustomer } from "../billing/party.ts";
import { paymentsRoutes } from "./routes.ts";
import { paymentRowFromIndex } from "./view.ts";

export const listPayments = operation(paymentsRoutes.listPayments, async (call) => {
  const query = call.query();
  const { customer, from, to, status, unapplied } = query;
  if (customer) await requireCustomer(call, customer);
  const filters: Filter[] = [
    ...(status ? [equals("status", status)] : []),
    ...(unapplied === undefined ? [] : [unappliedFilter(unapplied)]),
    ...(await searched(call.tenant, "PAY", query.search)),
  ];
  const listing = { kind: "PAY", customer, from, to, filters };
  return {
    status: 200,
    body: await listPage(call.tenant, { listing, query }, paymentRowFromIndex),
  };
});

const unappliedFilter = (wanted: boolean): Filter => ({
  expression: wanted ? "#row.unapplied > :zero" : "#row.unapplied = :zero",
  names: { "#row": "row" },
  values: { ":zero": 0 },
});
