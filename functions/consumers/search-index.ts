import { headKindOf } from "../../domain/shared/head.ts";
import {
  type GuardedWrite,
  type Item,
  indexNames,
  loadItem,
  putAlways,
  putVersioned,
  queryPage,
  removeItem,
  type Tenant,
  tenantKey,
} from "../../domain/shared/table.store.ts";
import type { Head } from "./heads.ts";

/** What a record is found by, and what a list has to know of it before reading it. */
export interface Indexed {
  readonly words: readonly string[];
  readonly dateKey: string;
  readonly customer: string | undefined;
  /** From which state: the record's version and the customer's name. */
  readonly made: string;
}

/** The record's own memory of its tokens. Its version keeps two that index at once apart. */
interface Memory extends Partial<Indexed> {
  readonly version: number;
}

const gone = "gone";

/** Replaces a record's tokens by those of today. The memory is read before the record, so it is older. */
export async function reindex(
  tenant: Tenant,
  head: Head,
  load: () => Promise<Indexed | undefined>,
): Promise<GuardedWrite[]> {
  const place = { pk: tenantKey(tenant, "S", head.kind, head.id), sk: "WORDS" };
  const before = (await loadItem(tenant, place)) as unknown as Memory | undefined;
  const now = await load();
  const made = now?.made ?? gone;
  if (before?.made === made || before?.made === gone) return [];
  // No empty text for what is gone: a key of an index can't be one.
  const { words = [], dateKey, customer } = now ?? {};
  const version = (before?.version ?? 0) + 1;
  const memory = { version, made, words, dateKey, customer };
  return [
    putVersioned(tenant, place, memory),
    ...(isSame(before, now) ? [] : tokenWrites(tenant, head, { before: before?.words ?? [], now })),
  ];
}

const isSame = (before: Memory | undefined, now: Indexed | undefined): boolean =>
  before?.dateKey === now?.dateKey &&
  before?.customer === now?.customer &&
  (before?.words ?? []).join(" ") === (now?.words ?? []).join(" ");

function tokenWrites(
  tenant: Tenant,
  { kind, id }: Head,
  { before, now }: { readonly before: readonly string[]; readonly now: Indexed | undefined },
): GuardedWrite[] {
  const pk = tenantKey(tenant, "S", kind);
  const old = before.filter((word) => !now?.words.includes(word));
  const fresh = (now?.words ?? []).map((word) =>
    putAlways(tenant, {
      pk,
      sk: `${word}#${id}`,
      id,
      words: now?.words.join(" "),
      dateKey: now?.dateKey,
      customer: now?.customer,
    }),
  );
  return [...old.map((word) => removeItem(tenant, { pk, sk: `${word}#${id}` })), ...fresh];
}

const documentKinds = ["INV", "QUO", "PAY", "CRE", "REC", "PRE"] as const;

/** Everything that carries the customer's name. */
export async function* documentsOf(tenant: Tenant, customer: string): AsyncGenerator<Head> {
  for (const kind of documentKinds) {
    let from: Item | undefined;
    do {
      const page = await queryPage(tenant, {
        IndexName: indexNames.byCustomer,
        KeyConditionExpression: "customerKey = :customer",
        ExpressionAttributeValues: { ":customer": tenantKey(tenant, "C", customer, kind) },
        ...(from ? { ExclusiveStartKey: from } : {}),
      });
      for (const { id } of page.items) {
        if (headKindOf(String(id))) yield { id: String(id), kind };
      }
      from = page.lastKey;
    } while (from);
  }
}
