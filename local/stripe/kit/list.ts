import { invalid, missing } from "./failure.ts";

export interface Page {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
}

export interface StripeList<T> {
  object: "list";
  url: string;
  has_more: boolean;
  data: T[];
}

/** Newest first, as all of Stripe's lists; cursors are ids of the list's own kind. */
export function pageOf<T extends { id: string; object: string }>(
  oldestFirst: T[],
  page: Page,
  url: string,
): StripeList<T> {
  const all = oldestFirst.toReversed();
  const limit = page.limit ?? 10;
  if (limit < 1 || limit > 100) {
    const message = "This value must be between 1 and 100.";
    throw invalid(message, { code: "parameter_invalid_integer", param: "limit" });
  }
  if (page.starting_after !== undefined && page.ending_before !== undefined) {
    const message = "You cannot parameterize both ending_before and starting_after.";
    throw invalid(message, { code: "parameters_exclusive", param: "starting_after" });
  }
  const [from, to] = span(all, page, limit);
  const data = all.slice(from, to);
  const isBackwards = page.ending_before !== undefined;
  return { object: "list", url, has_more: isBackwards ? from > 0 : to < all.length, data };
}

function span(all: { id: string }[], page: Page, limit: number): [number, number] {
  if (page.ending_before !== undefined) {
    const end = positionOf(all, page.ending_before, "ending_before");
    return [Math.max(0, end - limit), end];
  }
  const start =
    page.starting_after === undefined
      ? 0
      : positionOf(all, page.starting_after, "starting_after") + 1;
  return [start, Math.min(all.length, start + limit)];
}

function positionOf(all: { id: string }[], id: string, param: string): number {
  const position = all.findIndex((one) => one.id === id);
  if (position < 0) throw missing("object", id, param);
  return position;
}

type Range = number | { [Bound in "gt" | "gte" | "lt" | "lte"]?: number | undefined };

export function isCreatedIn(range: Range | undefined, created: number): boolean {
  if (range === undefined) return true;
  if (typeof range === "number") return created === range;
  const { gt, gte, lt, lte } = range;
  return (
    created > (gt ?? -1) &&
    created >= (gte ?? 0) &&
    created < (lt ?? Number.POSITIVE_INFINITY) &&
    created <= (lte ?? Number.POSITIVE_INFINITY)
  );
}
