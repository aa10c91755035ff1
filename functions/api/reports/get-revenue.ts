import {
  addEarned,
  newEarned,
  type RevenueFigures,
  revenueOf,
} from "../../../domain/accounting/revenue.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import type { Currency } from "../../../domain/shared/currencies.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import { operation } from "../../kit/operation.ts";
import { askedOf } from "./asked.ts";
import { reportsRoutes } from "./routes.ts";
import { walkJournals } from "./walk-journals.ts";

export const getRevenue = operation(reportsRoutes.getRevenue, async (call) => {
  const { asOf, currency, until, zone } = await askedOf(call, call.query());
  const earned = newEarned();
  await walkJournals(call.tenant, {
    until,
    matters: () => true,
    visit: async (_owner, records) => {
      for await (const { at, postings } of records) {
        const month = dayIn(at, zone).slice(0, "YYYY-MM".length);
        addEarned(earned, postings, { month, currency });
      }
    },
  });
  const { rows, totals } = revenueOf(earned);
  const docs = rows.map(({ month, ...figures }) => ({ month, ...published(figures, currency) }));
  return { status: 200, body: { asOf, currency, docs, totals: published(totals, currency) } };
});

const published = ({ revenue, allowances, net, tax }: RevenueFigures, currency: Currency) => ({
  revenue: toMajor(revenue, currency),
  allowances: toMajor(allowances, currency),
  net: toMajor(net, currency),
  tax: toMajor(tax, currency),
});
