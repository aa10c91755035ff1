import { type Item, queryPage, type Tenant, tenantKey } from "../../domain/shared/table.store.ts";
import type { Hit } from "./hits.ts";
import type { Filter } from "./listing.ts";

const wordsMax = 20;
/** Words are sort keys, and some letters grow to eighteen when they are taken apart. */
const lettersMax = 100;

/** Words of a text as they are indexed: lower case, without accents, letters and digits only. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.map((word) => [...word].slice(0, lettersMax).join("")))].slice(
    0,
    wordsMax,
  );
}

/** More hits than these are of no use to a person: the newest of them count. */
const hitsMax = 2_000;
const pageMax = 1_000;
const inMax = 100;

/** Narrows a list to the records of which some word begins with each word that was asked for. */
export async function searched(
  tenant: Tenant,
  kind: string,
  search: string | undefined,
): Promise<Filter[]> {
  const words = wordsOf(search ?? "");
  if (words.length === 0) return [];
  const hits = await hitsFor(tenant, kind, words);
  const nearest = hits.slice(0, inMax);
  if (nearest.length === 0) return [{ expression: "attribute_not_exists(pk)", hits }];
  const values = Object.fromEntries(nearest.map(({ id }, index) => [`:found${index}`, id]));
  return [
    {
      expression: `#row.id IN (${Object.keys(values).join(", ")})`,
      names: { "#row": "row" },
      ...{ values, hits },
    },
  ];
}

/** Reads the tokens of the longest word, which names the fewest records; a token knows its neighbours. */
async function hitsFor(tenant: Tenant, kind: string, words: readonly string[]): Promise<Hit[]> {
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), "");
  const found = new Map<string, Hit>();
  let from: Item | undefined;
  do {
    const page = await queryPage(tenant, {
      KeyConditionExpression: "pk = :kind AND begins_with(sk, :word)",
      ExpressionAttributeValues: { ":kind": tenantKey(tenant, "S", kind), ":word": longest },
      ScanIndexForward: false,
      Limit: pageMax,
      ...(from ? { ExclusiveStartKey: from } : {}),
    });
    for (const item of page.items) if (hasAll(item, words)) found.set(String(item.id), hitOf(item));
    from = page.lastKey;
  } while (from && found.size < hitsMax);
  return [...found.values()].sort((a, b) => (a.dateKey < b.dateKey ? 1 : -1));
}

const hasAll = (item: Item, words: readonly string[]): boolean => {
  const known = String(item.words ?? "").split(" ");
  return words.every((word) => known.some((one) => one.startsWith(word)));
};

const hitOf = (item: Item): Hit => ({
  id: String(item.id),
  dateKey: String(item.dateKey),
  customer: item.customer === undefined ? undefined : String(item.customer),
});
