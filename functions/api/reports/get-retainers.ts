import { type BySubject, moveSubjects } from "../../../domain/accounting/by-subject.ts";
import {
  type FundedRetainer,
  type Liability,
  liabilitiesOf,
} from "../../../domain/accounting/liabilities.ts";
import { sumOf } from "../../../domain/accounting/sums.ts";
import { loadBooks } from "../../../domain/payments/ledger.store.ts";
import type { Id } from "../../../domain/shared/ids.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import type { Tenant } from "../../../domain/shared/table.store.ts";
import { operation } from "../../kit/operation.ts";
import { askedOf } from "./asked.ts";
import { byName } from "./by-name.ts";
import { reportsRoutes } from "./routes.ts";
import { walkJournals } from "./walk-journals.ts";

/** The money that waited at the end of a day: what the agency owed in work. */
export const getRetainers = operation(reportsRoutes.getRetainers, async (call) => {
  const { asOf, currency, until } = await askedOf(call, call.query());
  const rows: Liability[] = [];
  await walkJournals(call.tenant, {
    until,
    matters: ({ account }) =>
      account.at >= until || (account.balances[currency]?.unapplied ?? 0) > 0,
    visit: async (owner, records) => {
      const carried: BySubject = new Map();
      for await (const { postings } of records) {
        moveSubjects(carried, postings, { account: "unapplied", currency });
      }
      if (carried.size === 0) return;
      const retainerOf = await loadRetainers(call.tenant, owner.customer, carried);
      rows.push(...liabilitiesOf(owner, { carried, retainerOf }));
    },
  });
  const docs = rows
    .sort(byName)
    .map((row) => ({ ...row, unapplied: toMajor(row.unapplied, currency) }));
  const unapplied = toMajor(sumOf(rows.map((row) => row.unapplied)), currency);
  return { status: 200, body: { asOf, currency, docs, totals: { unapplied } } };
});

async function loadRetainers(
  tenant: Tenant,
  customer: Id<"customer">,
  carried: BySubject,
): Promise<(payment: string) => FundedRetainer | undefined> {
  const { payments, invoices } = await loadBooks(tenant, {
    customer,
    payments: [...carried.keys()],
  });
  const retainers = new Map<string, FundedRetainer>(invoices.map((one) => [one.id, one]));
  const funded = new Map<string, string | null>(payments.map((one) => [one.id, one.retainer]));
  return (payment) => retainers.get(funded.get(payment) ?? "");
}
