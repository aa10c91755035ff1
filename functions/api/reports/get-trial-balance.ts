import {
  addPostings,
  type Balanced,
  newTurnover,
  trialBalanceOf,
} from "../../../domain/accounting/trial-balance.ts";
import type { Currency } from "../../../domain/shared/currencies.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import { operation } from "../../kit/operation.ts";
import { askedOf } from "./asked.ts";
import { reportsRoutes } from "./routes.ts";
import { walkJournals } from "./walk-journals.ts";

export const getTrialBalance = operation(reportsRoutes.getTrialBalance, async (call) => {
  const { asOf, currency, until } = await askedOf(call, call.query());
  const turnover = newTurnover();
  await walkJournals(call.tenant, {
    until,
    matters: () => true,
    visit: async (_owner, records) => {
      for await (const { postings } of records) addPostings(turnover, postings, currency);
    },
  });
  const { rows, totals } = trialBalanceOf(turnover);
  const docs = rows.map(({ account, ...sums }) => ({ account, ...published(sums, currency) }));
  return { status: 200, body: { asOf, currency, docs, totals: published(totals, currency) } };
});

const published = ({ debit, credit, balance }: Balanced, currency: Currency) => ({
  debit: toMajor(debit, currency),
  credit: toMajor(credit, currency),
  balance: toMajor(balance, currency),
});
