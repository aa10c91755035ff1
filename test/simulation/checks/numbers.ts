import type { Item } from "../storage.ts";
import { type Head, headsOf } from "./heads.ts";

const kinds = { INV: "invoice", QUO: "quote", CRE: "credit" } as const;

/** Numbers are unique, have their guard, and every series counts 1, 2, 3 without a gap. */
export function numberProblems(
  mirror: ReadonlyMap<string, Item>,
  given: ReadonlySet<string>,
): string[] {
  const heads = Object.keys(kinds).flatMap((kind) => headsOf(mirror, kind));
  const numbered = heads.filter(({ number }) => number);
  const isDraft = ({ status }: Head) => status === "Draft";
  const series = new Map<string, number[]>();
  for (const { number } of numbered.filter((head) => !given.has(head.number))) {
    const match = /^(.*?-)(\d{4,})$/.exec(number);
    if (!match) continue;
    const [, prefix = "", digits = ""] = match;
    series.set(prefix, [...(series.get(prefix) ?? []), Number(digits)]);
  }
  const agency = String([...mirror.keys()].find((key) => key.endsWith("|AGENCY"))?.split("|")[0]);
  const guards = [...mirror.keys()].filter((key) => key.startsWith(`${agency}#U#number#`));
  return [
    ...[...series].flatMap(([prefix, values]) => gaps(prefix, values, given)),
    ...numbered
      .filter(({ number, id }) => mirror.get(`${agency}#U#number#${number}|U`)?.owner !== id)
      .map(({ number, id }) => `${number} of ${id} has no guard`),
    ...(guards.length === numbered.length ? [] : [`${guards.length} guards of ${numbered.length}`]),
    ...heads
      .filter((head) => !isDraft(head) && !head.number && head.status !== "Void")
      .map(({ id, status }) => `${id} is ${status} without a number`),
  ];
}

/** A number that a caller chose is skipped; it leaves a hole when its draft is deleted. */
function gaps(prefix: string, values: readonly number[], given: ReadonlySet<string>): string[] {
  const known = new Set(values);
  const last = Math.max(...values);
  const isChosen = (value: number) => given.has(`${prefix}${String(value).padStart(4, "0")}`);
  const missing = Array.from({ length: last }, (_, index) => index + 1).filter(
    (value) => !known.has(value) && !isChosen(value),
  );
  const twice = values.length === known.size ? [] : [`${prefix} has a number twice`];
  return [...twice, ...missing.map((value) => `${prefix}${value} is missing`)];
}
