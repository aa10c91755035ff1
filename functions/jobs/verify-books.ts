import {
  type Difference,
  differenceAt,
  firstDifference,
} from "../../domain/accounting/difference.ts";
import { readStoredHeads } from "../../domain/accounting/verify.store.ts";
import {
  type GivenValues,
  type Numbered,
  numberDifference,
  seriesDifference,
} from "../../domain/accounting/verify-numbers.ts";
import { listCounters } from "../../domain/agencies/series.store.ts";
import { type Counted, type CounterScope, loadCount } from "../../domain/shared/counter.store.ts";
import { type HeadKind, headKinds } from "../../domain/shared/head.ts";
import type { Id } from "../../domain/shared/ids.ts";
import type { Item, Tenant } from "../../domain/shared/table.store.ts";
import { loadGuards } from "../../domain/shared/unique.store.ts";
import { countedAs } from "../consumers/count-records.ts";
import { customerDifference, type Seen } from "./verify-customer.ts";

export interface Verified extends Seen {
  documents: number;
  readonly difference: Difference | undefined;
}

/**
 * Recomputes the books of an agency from their journals and holds everything that is stored against them.
 * Reads only. It tells the first difference; what lies behind it often follows from it.
 */
export async function verifyBooks(tenant: Tenant): Promise<Verified> {
  const seen = { customers: 0, records: 0, documents: 0 };
  const customers = new Set<string>();
  for await (const page of readStoredHeads(tenant, "CUS")) {
    for (const { id } of page) {
      customers.add(String(id));
      const difference = await customerDifference(tenant, id as Id<"customer">, seen);
      if (difference) return { ...seen, difference };
    }
  }
  return { ...seen, ...(await listsVerified(tenant, customers)) };
}

const roundsMax = 3;

/** Documents are issued, and counters follow, while this reads: a difference counts when it stays. */
async function listsVerified(
  tenant: Tenant,
  customers: ReadonlySet<string>,
): Promise<{ readonly documents: number; readonly difference: Difference | undefined }> {
  for (let round = 1; ; round += 1) {
    const looked = await lookAtLists(tenant, customers);
    if (!looked.difference || round === roundsMax) return looked;
  }
}

async function lookAtLists(tenant: Tenant, customers: ReadonlySet<string>) {
  const values: GivenValues = new Map();
  const tallies = new Map<string, Tally>();
  let documents = 0;
  for (const kind of headKinds) {
    for await (const heads of readStoredHeads(tenant, kind)) {
      for (const head of heads) tally(tallies, kind, head);
      const difference =
        ownerDifference(heads, customers) ?? (await numbersDifference(tenant, kind, heads, values));
      if (difference) return { documents, difference };
      documents += kind === "CUS" ? 0 : heads.length;
    }
  }
  const counters = await listCounters(tenant);
  // One that isn't there would begin again.
  const lost = [...values.keys()].filter((name) => !counters.some((one) => one.name === name));
  for (const counter of [...counters, ...lost.map((name) => ({ name, next: 1 }))]) {
    const difference = seriesDifference(counter, values);
    if (difference) return { documents, difference };
  }
  return { documents, difference: await countsDifference(tenant, tallies) };
}

/** A document of a customer that no list shows would never be looked at. */
function ownerDifference(
  heads: readonly Item[],
  customers: ReadonlySet<string>,
): Difference | undefined {
  const lost = heads.find(
    ({ customer }) => customer !== undefined && !customers.has(String(customer)),
  );
  if (!lost) return undefined;
  const customer = String(lost.customer);
  return differenceAt({ customer, record: customer }, ["record", "there", "gone"]);
}

const numberedKinds: readonly HeadKind[] = ["INV", "QUO", "CRE"];

async function numbersDifference(
  tenant: Tenant,
  kind: HeadKind,
  heads: readonly Item[],
  values: GivenValues,
): Promise<Difference | undefined> {
  if (!numberedKinds.includes(kind)) return undefined;
  const documents = heads.map((head) => numberedIn(kind, head));
  const guards = await loadGuards(
    tenant,
    "number",
    documents.flatMap(({ number }) => number ?? []),
  );
  for (const document of documents) {
    const difference = numberDifference(document, guards.get(document.number ?? ""), values);
    if (difference) return difference;
  }
  return undefined;
}

const numberedIn = (
  kind: HeadKind,
  { id, customer, number, status, issuedAt }: Item,
): Numbered => ({
  ...{ id: String(id), customer: String(customer) },
  number: typeof number === "string" ? number : null,
  // A quote may be answered or canceled without ever having been sent.
  isIssued: kind === "INV" ? status !== "Draft" : kind === "CRE" && issuedAt !== undefined,
});

interface Tally {
  readonly scope: CounterScope;
  readonly counted: Counted;
  count: number;
}

function tally(tallies: Map<string, Tally>, kind: HeadKind, head: Item): void {
  const counted = countedAs(head);
  const customer = head.customer === undefined ? [] : [{ kind, customer: String(head.customer) }];
  for (const scope of [{ kind }, ...customer]) {
    // Also without a status: what is counted under another one must show, too.
    for (const wanted of [counted, {}]) {
      const key = JSON.stringify([scope, wanted]);
      const known = tallies.get(key) ?? { scope, counted: wanted, count: 0 };
      known.count += 1;
      tallies.set(key, known);
    }
  }
}

/** What lists tell as their total. Events carry it there, so it may be a moment late. */
async function countsDifference(
  tenant: Tenant,
  tallies: ReadonlyMap<string, Tally>,
): Promise<Difference | undefined> {
  // A status that is off says more than a total that is.
  const fields = ({ counted }: Tally): number => Object.keys(counted).length;
  const ordered = [...tallies.values()].sort((a, b) => fields(b) - fields(a));
  for (const { scope, counted, count } of ordered) {
    const found = await loadCount(tenant, scope, { ...counted });
    const place = { customer: scope.customer ?? null, record: `count of ${scope.kind}` };
    const field = Object.values(counted).join(" ") || "all";
    const difference = firstDifference(place, [[field, count, found]]);
    if (difference) return difference;
  }
  return undefined;
}
