import {
  findFirstSince,
  type JournalOwner,
  listOwners,
  readRecords,
} from "../../../domain/accounting/journals.store.ts";
import type { LedgerEntry } from "../../../domain/accounting/ledger-format.ts";
import { dayIn } from "../../../domain/shared/calendar.ts";
import type { Tenant } from "../../../domain/shared/table.store.ts";

export interface LedgerRange {
  readonly since: string;
  /** The first instant that doesn't belong to it. */
  readonly until: string;
  readonly zone: string;
}

/** How far an export has come: all customers before this one, and its records up to `seq`, are done. */
export interface LedgerPlace {
  readonly owner: string;
  readonly seq: number;
}
export const ledgerStart: LedgerPlace = { owner: "", seq: 0 };

export interface LedgerStep {
  readonly place: LedgerPlace;
  /** Absent: a customer is done, and had nothing more in the range. */
  readonly entry?: LedgerEntry;
}

/**
 * Every record of the agency in a range, customer after customer, each journal in its order. Never more than
 * a page of one journal is in memory, however many there are.
 */
export async function* ledgerEntries(
  tenant: Tenant,
  range: LedgerRange,
  start: LedgerPlace,
): AsyncGenerator<LedgerStep, void> {
  for await (const page of listOwners(tenant, start.owner)) {
    for (const owner of page) {
      const begun = owner.place === start.owner;
      if (begun && owner.account.seq <= start.seq) continue;
      yield* entriesOf(tenant, owner, { ...range, done: begun ? start.seq : 0 });
    }
  }
}

async function* entriesOf(
  tenant: Tenant,
  { customer, name, place: owner, account }: JournalOwner,
  { since, until, zone, done }: LedgerRange & { readonly done: number },
): AsyncGenerator<LedgerStep, void> {
  const { seq: last, at } = account;
  if (last > done && at >= since) {
    const first = since === "" ? 1 : await findFirstSince(tenant, customer, { last, since });
    const wanted = { from: Math.max(first, done + 1), to: last };
    for await (const record of readRecords(tenant, customer, wanted)) {
      if (record.at >= until) break;
      const day = dayIn(record.at, zone);
      yield {
        place: { owner, seq: record.seq },
        entry: { record, day, customer: { id: customer, name } },
      };
    }
  }
  yield { place: { owner, seq: last } };
}
