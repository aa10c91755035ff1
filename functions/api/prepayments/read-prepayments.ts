import { loadPrepayments } from "../../../domain/portal/prepayment.store.ts";
import { equals, type Filter, listPage } from "../../kit/listing.ts";
import { operation } from "../../kit/operation.ts";
import { searched } from "../../kit/search.ts";
import { requireCustomer } from "../billing/party.ts";
import { prepaymentRoutes } from "./routes.ts";
import { prepaymentView, requirePrepayment } from "./view.ts";

export const getPrepayment = operation(prepaymentRoutes.getPrepayment, async (call) => ({
  status: 200,
  body: prepaymentView(await requirePrepayment(call)),
}));

export const listPrepayments = operation(prepaymentRoutes.listPrepayments, async (call) => {
  const query = call.query();
  if (query.customer) await requireCustomer(call, query.customer);
  const filters: Filter[] = [
    ...(query.status ? [equals("status", query.status)] : []),
    ...(await searched(call.tenant, "PRE", query.search)),
  ];
  const listing = { kind: "PRE", customer: query.customer, filters };
  const page = await listPage(call.tenant, { listing, query }, ({ id }) => String(id));
  const docs = (await loadPrepayments(call.tenant, page.docs)).map(prepaymentView);
  return { status: 200, body: { ...page, docs } };
});
