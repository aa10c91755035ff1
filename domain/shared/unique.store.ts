import type { RefusalCode } from "./refusals.ts";
import {
  type GuardedWrite,
  type Item,
  type Key,
  keyText,
  loadItem,
  loadItems,
  putNew,
  removeItem,
  type Tenant,
  tenantKey,
} from "./table.store.ts";

export type Unique = "number" | "internal-id" | "slug" | "email" | "payment-intent";

const keyOf = (tenant: Pick<Tenant, "agency">, what: Unique, value: string): Key => ({
  pk: tenantKey(tenant, "U", what, value),
  sk: "U",
});

/** Holds a value for one record of the agency for as long as the guard stands. */
export const reserve = (
  tenant: Tenant,
  {
    what,
    value,
    owner,
    given,
  }: {
    readonly what: Unique;
    readonly value: string;
    readonly owner: string;
    /** How the value came about, for whoever checks the books. */
    readonly given?: object;
  },
  ifTaken: RefusalCode,
): GuardedWrite => {
  const kept = given ? { owner, given } : { owner };
  const guard = putNew(tenant, { ...keyOf(tenant, what, value), ...kept }, ifTaken);
  const Put = { ...guard.write.Put, ReturnValuesOnConditionCheckFailure: "ALL_OLD" } as const;
  return { ...guard, write: { Put: Put as NonNullable<GuardedWrite["write"]["Put"]> } };
};

export const release = (tenant: Tenant, what: Unique, value: string): GuardedWrite =>
  removeItem(tenant, keyOf(tenant, what, value));

/** The id of the record that holds the value. */
export async function ownerOf(
  tenant: Tenant,
  what: Unique,
  value: string,
): Promise<string | undefined> {
  const item = await loadItem(tenant, keyOf(tenant, what, value));
  return item ? String(item.owner) : undefined;
}

/** The guards of some values as they are stored; values without one are absent. */
export async function loadGuards(
  tenant: Tenant,
  what: Unique,
  values: readonly string[],
): Promise<Map<string, Item>> {
  const found = await loadItems(
    tenant,
    values.map((value) => keyOf(tenant, what, value)),
  );
  return new Map(
    values.flatMap((value) => {
      const item = found.get(keyText(keyOf(tenant, what, value)));
      return item ? [[value, item]] : [];
    }),
  );
}
