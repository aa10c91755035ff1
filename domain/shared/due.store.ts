import { type Id, isId } from "./ids.ts";
import {
  type GuardedWrite,
  type Item,
  indexNames,
  loadItem,
  type Platform,
  putAlways,
  queryPage,
  removeItem,
  type Tenant,
  tenantKey,
} from "./table.store.ts";

/** The due index is spread over shards, so that no minute of a big day is one hot partition. */
export const dueShards = 16;

export const dueKinds = ["INV", "QUO", "REC", "PRE", "CRE", "CUS"] as const;
export type DueKind = (typeof dueKinds)[number];

export interface DueOwner {
  readonly kind: DueKind;
  readonly id: string;
  /** What is due: one item per cause, so that planning it anew replaces it. */
  readonly what: string;
}

export interface DueItem extends DueOwner {
  /** The instant from which it may run. */
  readonly dueAt: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** One due item as the index names it. `place` changes whenever the item is planned anew. */
export interface DueReference extends DueOwner {
  readonly agency: Id<"agency">;
  readonly dueAt: string;
  readonly place: string;
}

/** A due item as it stands; `failures` counts the tries that ended in an error. */
export interface StoredDue extends DueReference {
  readonly data: Readonly<Record<string, unknown>>;
  readonly failures: number;
}

const keyOf = (tenant: Pick<Tenant, "agency">, { kind, id, what }: DueOwner) => ({
  pk: tenantKey(tenant, kind, id),
  sk: `DUE#${what}`,
});

const shardKey = (shard: number): string => `X#DUE#${shard}`;

/** Always the same shard for the same owner, from its id's random end. */
export function shardOf(id: string): string {
  let sum = 0;
  for (const letter of id.slice(-4)) sum = (sum * 31 + letter.charCodeAt(0)) % dueShards;
  return shardKey(sum);
}

function dueRecord(tenant: Pick<Tenant, "agency">, due: DueItem, failures = 0) {
  const { kind, id, what, dueAt, data } = due;
  return {
    ...keyOf(tenant, due),
    dueShard: shardOf(id),
    dueAt: [dueAt, tenant.agency, kind, id, what].join("#"),
    agency: tenant.agency,
    ...{ kind, owner: id, what, at: dueAt, data },
    ...(failures > 0 ? { failures } : {}),
  };
}

/** For whoever writes the owner's head in the same transaction: that head's condition guards both. */
export const planDue = (tenant: Tenant, due: DueItem): GuardedWrite =>
  putAlways(tenant, dueRecord(tenant, due));

export const cancelDue = (tenant: Tenant, owner: DueOwner): GuardedWrite =>
  removeItem(tenant, keyOf(tenant, owner));

/** Whoever writes this has the due item for itself: its effect goes into the same transaction. */
export const finishDue = (tenant: Tenant, due: StoredDue): GuardedWrite => ({
  write: { Delete: { TableName: tenant.table, Key: keyOf(tenant, due), ...asRead(due) } },
  ifRejected: "write.conflict",
});

export const moveDue = (
  tenant: Tenant,
  due: StoredDue,
  next: { readonly dueAt: string; readonly data?: DueItem["data"]; readonly failures?: number },
): GuardedWrite => {
  const { kind, id, what } = due;
  const { dueAt, data = due.data, failures = 0 } = next;
  const moved = dueRecord(tenant, { kind, id, what, dueAt, data }, failures);
  return {
    write: { Put: { TableName: tenant.table, Item: moved, ...asRead(due) } },
    ifRejected: "write.conflict",
  };
};

const asRead = ({ place }: StoredDue) => ({
  ConditionExpression: "dueAt = :read",
  ExpressionAttributeValues: { ":read": place },
});

export async function loadDue(tenant: Tenant, owner: DueOwner): Promise<StoredDue | undefined> {
  const item = await loadItem(tenant, keyOf(tenant, owner));
  if (!item) return undefined;
  return {
    ...referenceOf(String(item.dueAt)),
    data: (item.data ?? {}) as StoredDue["data"],
    failures: Number(item.failures ?? 0),
  };
}

/** Everything that is planned for one record. */
export async function listDueOf(
  tenant: Tenant,
  { kind, id }: Omit<DueOwner, "what">,
): Promise<DueReference[]> {
  const { items } = await queryPage(tenant, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :due)",
    ExpressionAttributeValues: { ":pk": tenantKey(tenant, kind, id), ":due": "DUE#" },
    ConsistentRead: true,
  });
  return items.map((item) => referenceOf(String(item.dueAt)));
}

function referenceOf(place: string): DueReference {
  const [dueAt = "", agency = "", kind = "", id = "", what = ""] = place.split("#");
  if (!isId("agency", agency)) throw new TypeError(`not a due item: ${place}`);
  return { dueAt, agency, kind: kind as DueKind, id, what, place };
}

/** What one shard holds that was due by `now`, the oldest first. */
export async function listDue(
  platform: Platform,
  shard: number,
  { now, max }: { readonly now: string; readonly max: number },
): Promise<DueReference[]> {
  const found: DueReference[] = [];
  let from: Item | undefined;
  do {
    const page = await queryPage(platform, {
      IndexName: indexNames.due,
      KeyConditionExpression: "dueShard = :shard AND dueAt <= :now",
      ExpressionAttributeValues: { ":shard": shardKey(shard), ":now": `${now}~` },
      Limit: max - found.length,
      ...(from ? { ExclusiveStartKey: from } : {}),
    });
    found.push(...page.items.map((item) => referenceOf(String(item.dueAt))));
    from = page.lastKey;
  } while (from && found.length < max);
  return found;
}

/** The first instant after `after` at which one shard has something due. */
export async function nextDueAt(
  platform: Platform,
  shard: number,
  after: string,
): Promise<string | undefined> {
  const { items } = await queryPage(platform, {
    IndexName: indexNames.due,
    KeyConditionExpression: "dueShard = :shard AND dueAt > :after",
    ExpressionAttributeValues: { ":shard": shardKey(shard), ":after": `${after}~` },
    Limit: 1,
  });
  const [first] = items;
  return first && referenceOf(String(first.dueAt)).dueAt;
}
