import { loadItem, putAlways, type Tenant, tenantKey } from "../../domain/shared/table.store.ts";
import { commit } from "../kit/commit.ts";
import type { Deps } from "../kit/deps.ts";

const keptS = 30 * 24 * 3_600;

const keyOf = (tenant: Pick<Tenant, "agency">, cause: string) => ({
  pk: tenantKey(tenant, "MAILED", cause),
  sk: "MAILED",
});

/**
 * Mails once per cause: the mark is written after the mail has gone, so only a crash in the instant of
 * sending repeats one.
 */
export async function oncePerCause(
  deps: Deps,
  { tenant, cause }: { readonly tenant: Tenant; readonly cause: string },
  send: () => Promise<boolean>,
): Promise<void> {
  if (await loadItem(tenant, keyOf(tenant, cause))) return;
  const sent = await send();
  const at = deps.now();
  const ttl = Math.floor(Date.parse(at) / 1_000) + keptS;
  await commit(tenant, [putAlways(tenant, { ...keyOf(tenant, cause), at, sent, ttl })]);
}
