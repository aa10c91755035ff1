import type { Agency } from "../../domain/agencies/agency.ts";
import {
  counterName,
  counterOf,
  formatNumber,
  type Given,
  type SeriesKind,
} from "../../domain/agencies/numbering.ts";
import { loadNextNumber, takeNumber } from "../../domain/agencies/series.store.ts";
import { yearOf } from "../../domain/shared/calendar.ts";
import type { GuardedWrite } from "../../domain/shared/table.store.ts";
import { reserve } from "../../domain/shared/unique.store.ts";
import type { WriteRejected } from "./commit.ts";
import type { Desk, NumberRace } from "./operation.ts";

export interface GivenNumber {
  readonly number: string;
  readonly writes: readonly GuardedWrite[];
}

/**
 * The number with which a document is issued: the one its maker reserved, else the next of the series.
 * Two numbers never collide, whatever pattern they came from: each has a guard of its own.
 */
export async function numberFor(
  call: Pick<Desk, "tenant" | "numbers">,
  agency: Agency,
  document: {
    readonly kind: SeriesKind;
    readonly id: string;
    readonly date: string;
    readonly number: string | null;
  },
): Promise<GivenNumber> {
  if (document.number !== null) return { number: document.number, writes: [] };
  const { tenant, numbers } = call;
  const { numbering } = agency.settings;
  const series = { kind: document.kind, year: yearOf(document.date) };
  const next = await loadNextNumber(tenant, numbering, series);
  const skip = numbers.reserved?.next === next ? numbers.reserved.skip : 0;
  const value = next + skip;
  numbers.taken = { next, skip };
  const number = formatNumber(numbering[document.kind], value, series.year);
  const counter = counterName(document.kind, counterOf(numbering, series.year));
  const given: Given = { counter, value, skipped: skip };
  const guard = { what: "number", value: number, owner: document.id, given } as const;
  return {
    number,
    writes: [
      takeNumber(tenant, { numbering, series }, { next, value }),
      reserve(tenant, guard, "invoice.number-race"),
    ],
  };
}

/** The counter moved on: the next try reads it anew. A reserved number is skipped instead. */
export function learnNumber(numbers: NumberRace, { found }: Pick<WriteRejected, "found">): void {
  const { taken } = numbers;
  const isGuard = found !== undefined && found.next === undefined;
  if (isGuard && taken) numbers.reserved = { next: taken.next, skip: taken.skip + 1 };
}
