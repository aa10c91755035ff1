import { queryPage, type Tenant, tenantKey } from "../../domain/shared/table.store.ts";
import type { Filter } from "./listing.ts";

/** Words of a text as they are indexed: lower case, without accents, letters and digits only. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? [])].slice(0, 20);
}

const foundMax = 100;

/** Narrows a list to the records whose words begin with each word that was asked for. */
export async function searched(
  tenant: Tenant,
  kind: string,
  search: string | undefined,
): Promise<Filter[]> {
  const words = wordsOf(search ?? "");
  if (words.length === 0) return [];
  const found = await Promise.all(words.map((word) => idsWith(tenant, kind, word)));
  const [first = new Set<string>(), ...others] = found;
  const ids = [...first].filter((id) => others.every((some) => some.has(id)));
  if (ids.length === 0) return [{ expression: "attribute_not_exists(pk)" }];
  const values = Object.fromEntries(
    ids.slice(0, foundMax).map((id, index) => [`:found${index}`, id]),
  );
  return [{ expression: `id IN (${Object.keys(values).join(", ")})`, values }];
}

async function idsWith(tenant: Tenant, kind: string, word: string): Promise<Set<string>> {
  const page = await queryPage(tenant, {
    KeyConditionExpression: "pk = :kind AND begins_with(sk, :word)",
    ExpressionAttributeValues: { ":kind": tenantKey(tenant, "S", kind), ":word": word },
    Limit: 1_000,
  });
  return new Set(page.items.map(({ sk }) => String(sk).split("#").at(-1) ?? ""));
}
