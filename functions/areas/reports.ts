import { exportLedger } from "../api/reports/export-ledger.ts";
import { getAging } from "../api/reports/get-aging.ts";
import { getRetainers } from "../api/reports/get-retainers.ts";
import { getRevenue } from "../api/reports/get-revenue.ts";
import { getTrialBalance } from "../api/reports/get-trial-balance.ts";
import { getStatement, sendStatement } from "../api/reports/statements.ts";
import { buildArea } from "../kit/area.ts";
import { getStatement as getOwnStatement } from "../portal/get-statement.ts";

const operations = [
  ...[getStatement, sendStatement, getOwnStatement],
  ...[getAging, getRetainers, getRevenue, getTrialBalance, exportLedger],
];

export const build = buildArea({ area: "reports", operations });
