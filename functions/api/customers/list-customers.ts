import { equals, type Filter, listPage } from "../../kit/listing.ts";
import { operation } from "../../kit/operation.ts";
import { searched } from "../../kit/search.ts";
import { customersRoutes } from "./routes.ts";
import { customerRowFromIndex } from "./view.ts";

export const listCustomers = operation(customersRoutes.listCustomers, async (call) => {
  const query = call.query();
  const filters: Filter[] = [
    ...(query.archived === undefined ? [] : [equals("archived", query.archived)]),
    ...(await searched(call.tenant, "CUS", query.search)),
  ];
  const listing = { kind: "CUS", filters };
  return {
    status: 200,
    body: await listPage(call.tenant, { listing, query }, customerRowFromIndex),
  };
});
