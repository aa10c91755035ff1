import {
  type AgingColumn,
  type AgingRow,
  agingRow,
  agingTotals,
} from "../../../domain/accounting/aging-report.ts";
import { type BySubject, moveSubjects } from "../../../domain/accounting/by-subject.ts";
import { loadInvoices } from "../../../domain/payments/ledger.store.ts";
import type { OpenInvoice } from "../../../domain/portal/aging.ts";
import type { Currency } from "../../../domain/shared/currencies.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import type { Tenant } from "../../../domain/shared/table.store.ts";
import { operation } from "../../kit/operation.ts";
import { askedOf } from "./asked.ts";
import { byName } from "./by-name.ts";
import { reportsRoutes } from "./routes.ts";
import { walkJournals } from "./walk-journals.ts";

/** What was open at the end of a day, also of invoices that were paid since; by the due date of now. */
export const getAging = operation(reportsRoutes.getAging, async (call) => {
  const { asOf, currency, until } = await askedOf(call, call.query());
  const rows: AgingRow[] = [];
  await walkJournals(call.tenant, {
    until,
    // What is even now was never touched since, or its journal has to be read.
    matters: ({ account }) =>
      account.at >= until || (account.balances[currency]?.outstanding ?? 0) > 0,
    visit: async (owner, records) => {
      const carried: BySubject = new Map();
      for await (const { postings } of records) {
        moveSubjects(carried, postings, { account: "receivable", currency });
      }
      if (carried.size > 0) rows.push(agingRow(owner, await openOf(call.tenant, carried), asOf));
    },
  });
  const docs = rows.sort(byName).map((row) => published(row, currency));
  const totals = publishedFigures(agingTotals(rows), currency);
  return { status: 200, body: { asOf, currency, docs, totals } };
});

async function openOf(tenant: Tenant, carried: BySubject): Promise<OpenInvoice[]> {
  const invoices = await loadInvoices(tenant, [...carried.keys()]);
  if (invoices.length < carried.size) throw new Error("the journal names an invoice that is gone");
  return invoices.map(({ id, dueDate }) => ({ id, dueDate, balance: carried.get(id) ?? 0 }));
}

const published = (row: AgingRow, currency: Currency) => ({
  ...{ customer: row.customer, name: row.name },
  ...publishedFigures(row, currency),
});

const publishedFigures = (
  figures: Readonly<Record<AgingColumn, number | bigint>>,
  currency: Currency,
) => ({
  current: toMajor(figures.current, currency),
  days1to30: toMajor(figures.days1to30, currency),
  days31to60: toMajor(figures.days31to60, currency),
  days61to90: toMajor(figures.days61to90, currency),
  over90: toMajor(figures.over90, currency),
  outstanding: toMajor(figures.outstanding, currency),
});
