import { gunzipSync, gzipSync } from "node:zlib";
import { type Erasure, erased } from "../../domain/customers/erasure.ts";
import { walkPartition } from "../../domain/shared/stored.store.ts";
import { type Item, type Tenant, tenantKey } from "../../domain/shared/table.store.ts";

const drawers = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, "0"));

/** The answers that are kept under idempotency keys for two days and speak of a customer. */
export async function* answersAbout(tenant: Tenant, customer: string): AsyncGenerator<Item> {
  for (const drawer of drawers) {
    for await (const item of walkPartition(tenant, tenantKey(tenant, "IDEM", drawer))) {
      if (textOf(item)?.includes(customer)) yield item;
    }
  }
}

const textOf = ({ body }: Item): string | undefined =>
  body instanceof Uint8Array ? gunzipSync(body).toString("utf8") : undefined;

/** The answer without the person; it is still the answer to that request. */
export function erasedAnswer(item: Item, erasure: Erasure): Item {
  const text = textOf(item);
  if (text === undefined) return item;
  const before = JSON.parse(text) as Record<string, unknown>;
  const after = JSON.stringify(erased(before, erasure));
  return after === JSON.stringify(before) ? item : { ...item, body: gzipSync(after) };
}
