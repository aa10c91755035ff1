import type * as z from "zod";
import {
  type Difference,
  differenceAt,
  firstDifference,
  readAs,
} from "../../domain/accounting/difference.ts";
import {
  listStoredApplications,
  loadStoredAccount,
  loadStoredHeads,
  readStoredHeads,
  readStoredRecords,
} from "../../domain/accounting/verify.store.ts";
import { recordsDifference } from "../../domain/accounting/verify-documents.ts";
import {
  accountDifference,
  follow,
  newReplay,
  type Replay,
} from "../../domain/accounting/verify-journal.ts";
import { creditSchema } from "../../domain/billing/credit.ts";
import { invoiceSchema } from "../../domain/billing/invoice.ts";
import { type Account, accountSchema, emptyAccount } from "../../domain/customers/account.ts";
import { applicationSchema, paymentSchema } from "../../domain/payments/payment.ts";
import { headKindOf } from "../../domain/shared/head.ts";
import type { Id } from "../../domain/shared/ids.ts";
import type { Item, Tenant } from "../../domain/shared/table.store.ts";

/** What was looked at so far. */
export interface Seen {
  customers: number;
  records: number;
}

const roundsMax = 3;

/** Somebody may move the customer's money meanwhile: a difference counts when the account stood still. */
export async function customerDifference(
  tenant: Tenant,
  customer: Id<"customer">,
  seen: Seen,
): Promise<Difference | undefined> {
  for (let round = 1; ; round += 1) {
    const stored = await loadStoredAccount(tenant, customer);
    const looked = await look(tenant, customer, stored).catch(asDifference);
    if (!("difference" in looked)) {
      seen.customers += 1;
      seen.records += looked.records;
      return undefined;
    }
    const after = await loadStoredAccount(tenant, customer);
    if (after?.version === stored?.version || round === roundsMax) return looked.difference;
  }
}

/** Leaves the look at the first difference, from however deep. */
class Apart extends Error {
  readonly difference: Difference;

  constructor(difference: Difference) {
    super(`${difference.record}: ${difference.field}`);
    this.difference = difference;
  }
}

function asDifference(error: unknown): { readonly difference: Difference } {
  if (error instanceof Apart) return { difference: error.difference };
  throw error;
}

const insist = (difference: Difference | undefined): void => {
  if (difference) throw new Apart(difference);
};

async function look(
  tenant: Tenant,
  customer: Id<"customer">,
  stored: Item | undefined,
): Promise<{ readonly records: number }> {
  const replay = await replayed(tenant, customer);
  const account = accountIn(stored, customer, replay);
  insist(accountDifference(replay, account));
  const [invoices, payments, credits] = await Promise.all([
    headsOf(tenant, { kind: "INV", schema: invoiceSchema, customer, replay }),
    headsOf(tenant, { kind: "PAY", schema: paymentSchema, customer, replay }),
    headsOf(tenant, { kind: "CRE", schema: creditSchema, customer, replay }),
  ]);
  const applications = [
    ...(await applicationsOf(tenant, "PAY", payments)),
    ...(await applicationsOf(tenant, "CRE", credits)),
  ];
  const records = { account, invoices, payments, credits, applications };
  insist(recordsDifference(records, replay.carried));
  return { records: replay.head.seq };
}

async function replayed(tenant: Tenant, customer: Id<"customer">): Promise<Replay> {
  let replay = newReplay();
  for await (const item of readStoredRecords(tenant, customer)) {
    const followed = follow(replay, customer, item);
    if ("difference" in followed) throw new Apart(followed.difference);
    replay = followed.replay;
  }
  return replay;
}

function accountIn(stored: Item | undefined, customer: Id<"customer">, replay: Replay): Account {
  const place = { customer, record: "account" };
  if (stored) return readOrLeave(accountSchema, stored, place);
  if (replay.head.seq === 0) return emptyAccount(customer);
  throw new Apart(differenceAt(place, ["seq", replay.head.seq, null]));
}

function readOrLeave<T extends z.ZodType>(
  schema: T,
  item: Item,
  place: Parameters<typeof differenceAt>[0],
): z.output<T> {
  const read = readAs(schema, item, place);
  if ("difference" in read) throw new Apart(read.difference);
  return read.value;
}

/** Those that the customer's list names and those that its journal names: neither alone finds what is lost. */
async function headsOf<T extends z.ZodType<{ readonly id: string; readonly customer: string }>>(
  tenant: Tenant,
  asked: {
    readonly kind: "INV" | "PAY" | "CRE";
    readonly schema: T;
    readonly customer: Id<"customer">;
    readonly replay: Replay;
  },
): Promise<z.output<T>[]> {
  const { kind, schema, customer, replay } = asked;
  const heads = new Map<string, Item>();
  for await (const page of readStoredHeads(tenant, kind, customer)) {
    for (const item of page) heads.set(String(item.id), item);
  }
  const named = [...new Set([...replay.carried.keys()].map((key) => key.split(" ")[0] ?? ""))];
  const others = named.filter((id) => headKindOf(id) === kind && !heads.has(id));
  for (const item of await loadStoredHeads(tenant, kind, others)) heads.set(String(item.id), item);
  const lost = others.find((id) => !heads.has(id));
  if (lost) insist(differenceAt({ customer, record: lost }, ["record", "there", "gone"]));
  return [...heads].map(([record, item]) => {
    const head = readOrLeave(schema, item, { customer, record });
    insist(firstDifference({ customer, record }, [["customer", customer, head.customer]]));
    return head;
  });
}

const sourcesAtOnce = 16;

async function applicationsOf(
  tenant: Tenant,
  kind: "PAY" | "CRE",
  sources: readonly { readonly id: string; readonly customer: string }[],
) {
  const found: z.output<typeof applicationSchema>[] = [];
  for (let index = 0; index < sources.length; index += sourcesAtOnce) {
    const some = sources.slice(index, index + sourcesAtOnce);
    const items = await Promise.all(some.map(({ id }) => listStoredApplications(tenant, kind, id)));
    for (const [at, source] of some.entries()) {
      for (const item of items[at] ?? []) {
        const place = { customer: source.customer, record: String(item.id) };
        const application = readOrLeave(applicationSchema, item, place);
        const { payment, credit } = application;
        insist(firstDifference(place, [["source", source.id, payment ?? credit]]));
        found.push(application);
      }
    }
  }
  return found;
}
