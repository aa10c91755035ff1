import { type GuardedWrite, putAlways, removeItem, type Tenant, tenantKey } from "./table.store.ts";

/** The due index is spread over shards, so that no minute of a big day is one hot partition. */
export const dueShards = 16;

export interface DueOwner {
  readonly kind: "INV" | "QUO" | "REC" | "PRE" | "CRE" | "TOP" | "PAY";
  readonly id: string;
  /** What is due: one item per cause, so that planning it anew replaces it. */
  readonly what: string;
}

export interface DueItem extends DueOwner {
  /** The instant from which it may run. */
  readonly dueAt: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

const keyOf = (tenant: Pick<Tenant, "agency">, { kind, id, what }: DueOwner) => ({
  pk: tenantKey(tenant, kind, id),
  sk: `DUE#${what}`,
});

/** Always the same shard for the same owner, from its id's random end. */
export function shardOf(id: string): string {
  let sum = 0;
  for (const letter of id.slice(-4)) sum = (sum * 31 + letter.charCodeAt(0)) % dueShards;
  return `X#DUE#${sum}`;
}

export function planDue(tenant: Tenant, due: DueItem): GuardedWrite {
  const { kind, id, what, dueAt, data } = due;
  return putAlways(tenant, {
    ...keyOf(tenant, due),
    dueShard: shardOf(id),
    dueAt: `${dueAt}#${tenant.agency}#${kind}#${id}#${what}`,
    agency: tenant.agency,
    ...{ kind, owner: id, what, at: dueAt, data },
  });
}

export const cancelDue = (tenant: Tenant, owner: DueOwner): GuardedWrite =>
  removeItem(tenant, keyOf(tenant, owner));
