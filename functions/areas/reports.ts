import { getStatement, sendStatement } from "../api/reports/statements.ts";
import { buildArea } from "../kit/area.ts";
import { getStatement as getOwnStatement } from "../portal/get-statement.ts";
import { routes } from "../routes.ts";

export const build = buildArea(
  { area: "reports", operations: [getStatement, sendStatement, getOwnStatement] },
  routes,
);
