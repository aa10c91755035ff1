import { equals, type Filter, listPage } from "../../kit/listing.ts";
import { operation } from "../../kit/operation.ts";
import { searched } from "../../kit/search.ts";
import { requireCustomer } from "../billing/party.ts";
import { creditsRoutes } from "./routes.ts";
import { creditFromIndex, creditView, requireCredit } from "./view.ts";

export const getCredit = operation(creditsRoutes.getCredit, async (call) => ({
  status: 200,
  body: creditView(await requireCredit(call)),
}));

export const listCredits = operation(creditsRoutes.listCredits, async (call) => {
  const query = call.query();
  const { customer, from, to, status } = query;
  if (customer) await requireCustomer(call, customer);
  const filters: Filter[] = [
    ...(status ? [equals("status", status)] : []),
    ...(await searched(call.tenant, "CRE", query.search)),
  ];
  const listing = { kind: "CRE", customer, from, to, filters };
  return { status: 200, body: await listPage(call.tenant, { listing, query }, creditFromIndex) };
});
