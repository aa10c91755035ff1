import {
  type GuardedWrite,
  loadItem,
  putNew,
  type Tenant,
  tenantKey,
} from "../shared/table.store.ts";

export interface CardMonth {
  readonly customer: string;
  readonly paymentMethod: string;
  readonly expMonth: number;
  readonly expYear: number;
}

const keyOf = (
  tenant: Pick<Tenant, "agency">,
  { customer, paymentMethod, expMonth, expYear }: CardMonth,
) => ({
  pk: tenantKey(tenant, "C", customer),
  sk: `CARD#${paymentMethod}#${expYear}-${String(expMonth).padStart(2, "0")}`,
});

export const wasAnnounced = async (tenant: Tenant, card: CardMonth): Promise<boolean> =>
  (await loadItem(tenant, keyOf(tenant, card))) !== undefined;

/** Once for a card and the month in which it ends: what is told of the card again plans it again. */
export const saveAnnounced = (tenant: Tenant, card: CardMonth, at: string): GuardedWrite =>
  putNew(tenant, { ...keyOf(tenant, card), at }, "write.conflict");
