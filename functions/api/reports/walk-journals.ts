import {
  type JournalOwner,
  listOwners,
  readRecords,
} from "../../../domain/accounting/journals.store.ts";
import type { PostedRecord } from "../../../domain/accounting/posted-record.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import type { Tenant } from "../../../domain/shared/table.store.ts";
import { Refused } from "../../kit/refused.ts";

export interface Walk {
  /** The first instant that doesn't belong to it. */
  readonly until: string;
  /** Whether the journal can matter at all: the account tells without reading it. */
  readonly matters: (owner: JournalOwner) => boolean;
  readonly visit: (owner: JournalOwner, records: AsyncIterable<PostedRecord>) => Promise<void>;
}

/** What fits into the seconds that a request has. More is a matter for the ledger's export. */
export const reportLimits = { records: 50_000, customers: 10_000 };
const journalsAtOnce = 8;

/**
 * Reads the journals of all customers up to an instant, each once and in pages. Nothing of them is kept
 * beside what `visit` makes of it, so a report is as right as the journals are. The accounts say beforehand
 * how much there is to read: too much is refused before it is read.
 */
export async function walkJournals(
  tenant: Tenant,
  walk: Walk,
  limits: typeof reportLimits = reportLimits,
): Promise<void> {
  let records = 0;
  let customers = 0;
  for await (const page of listOwners(tenant, "")) {
    const wanted = page.filter((owner) => owner.account.seq > 0 && walk.matters(owner));
    customers += page.length;
    records += wanted.reduce((sum, { account }) => sum + account.seq, 0);
    if (customers > limits.customers || records > limits.records) throw tooLarge(limits);
    for (let index = 0; index < wanted.length; index += journalsAtOnce) {
      const some = wanted.slice(index, index + journalsAtOnce);
      await Promise.all(some.map((owner) => walk.visit(owner, upTo(tenant, owner, walk.until))));
    }
  }
}

async function* upTo(
  tenant: Tenant,
  { customer, account }: JournalOwner,
  until: string,
): AsyncGenerator<PostedRecord, void> {
  for await (const record of readRecords(tenant, customer, { from: 1, to: account.seq })) {
    if (record.at >= until) return;
    yield record;
  }
}

const tooLarge = ({ records, customers }: typeof reportLimits): Refused =>
  new Refused(
    refuse(
      "report.too-large",
      `A report reads up to ${records} journal records of ${customers} customers; take the ledger's export.`,
    ),
  );
