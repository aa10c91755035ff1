import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import { hashOf, journalRecordSchema } from "../../../domain/shared/journal.ts";
import type { Item } from "../../../domain/shared/table.store.ts";
import { routes } from "../../../functions/routes.ts";
import { allItems } from "../../support/digest.ts";
import type { Shell } from "../../support/shell.ts";

/** Five things that only the erased person's records say. */
export const canaries = {
  first: "Quillhilda",
  last: "Zanzibarova",
  email: "canary@zyx-post.test",
  address: "Zyxwell Street 9",
  notes: "Kryptonotes",
};

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** A value as bytes that can be searched, packed ones unpacked, wherever they lie. */
function readable(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    return Buffer.from(isGzip(value) ? gunzipSync(value) : value).toString("latin1");
  }
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, readable(one)]));
}

/** Which canaries are in the whole table, and in which items. */
export async function sightings({ table }: Shell): Promise<string[]> {
  const items = await allItems(table);
  return items.flatMap((item) => {
    const text = JSON.stringify(readable(item)).toLowerCase();
    return Object.values(canaries)
      .filter((canary) => text.includes(canary.toLowerCase()))
      .map((canary) => `${canary} in ${item.pk} ${item.sk}`);
  });
}

/** Which canaries are among them. */
export const kindsOf = (seen: readonly string[]): string[] => [
  ...new Set(seen.map((one) => one.split(" in ")[0] ?? "")),
];

export async function expectChained({ table }: Shell): Promise<void> {
  const records = (await allItems(table))
    .filter(({ sk }: Item) => String(sk).startsWith("J#"))
    .map((item) => journalRecordSchema.parse(item))
    .sort((a, b) => a.seq - b.seq);
  expect(records.length).toBeGreaterThan(5);
  for (const [index, record] of records.entries()) {
    expect(hashOf(record)).toBe(record.hash);
    expect(record.previousHash).toBe(records[index - 1]?.hash ?? "0".repeat(64));
  }
}

/** Every list and record can still be read, as its route promises. */
export async function expectReadable(
  shell: Shell,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  for (const route of routes) {
    if (route.method !== "GET" || route.auth !== "key") continue;
    const kinds = Object.values(route.params ?? {});
    if (kinds.some((kind) => !(kind in ids))) continue;
    const path = route.path.replace(
      /\{(\w+)\}/g,
      (_, name: string) => ids[route.params?.[name] ?? ""] ?? "",
    );
    const answer = await shell.call("GET", path);
    expect({ path, isFailure: answer.status >= 500 }).toEqual({ path, isFailure: false });
    const reply = route.replies[200];
    if (answer.status === 200 && reply && typeof reply === "object") reply.parse(answer.body);
  }
}
