import type { Books } from "../model/books.ts";
import { instantOf } from "../model/days.ts";
import { cyclesLeft, nextDay, type Zone } from "../model/schedules.ts";
import type { Item } from "../storage.ts";
import { differences, type Head, headsOf } from "./heads.ts";

interface Stored {
  readonly books: Books;
  readonly mirror: ReadonlyMap<string, Item>;
}

/** Each schedule stands where the model has it, and what it made is exactly what it should have. */
export function scheduleProblems({ books, mirror }: Stored): string[] {
  const heads = headsOf(mirror, "REC");
  const made = [...mirror.values()].filter(({ sk }) => String(sk).startsWith("MADE#"));
  const documents = headsOf(mirror, "INV").filter(({ recurring }) => recurring);
  return [
    ...(heads.length === books.schedules.size ? [] : [`${heads.length} schedules are stored`]),
    ...heads.flatMap((head) => stateProblems(books, head)),
    ...[...books.schedules.values()].flatMap((schedule) => {
      const expected = schedule.made.map(({ day, invoice }) => `${day} ${invoice}`);
      const noted = made
        .filter(({ pk }) => String(pk).endsWith(`#${schedule.id}`))
        .map(({ date, invoice }) => `${date} ${invoice}`);
      const own = documents
        .filter(({ recurring }) => recurring === schedule.id)
        .map(({ date, id }) => `${date} ${id}`);
      return [noted, own]
        .filter((found) => found.sort().join() !== expected.sort().join())
        .map((found) => `${schedule.id} made ${found}, not ${expected}`);
    }),
  ];
}

function stateProblems({ schedules }: Books, head: Head): string[] {
  const schedule = schedules.get(head.id);
  if (!schedule) return [`nobody asked for ${head.id}`];
  const { state, total, position, cycles, made, autoBill, chosen } = schedule;
  const { startOn, frequency, customer } = schedule;
  return differences(head.id, head, {
    ...{ status: state, total, position, cycles, cyclesLeft: cyclesLeft(schedule) },
    ...{ nextOn: nextDay(schedule), issued: made.length, startOn, frequency, customer },
    ...{ autoBill, autoBillChosen: chosen },
  });
}

/** Once the clock has caught up no day is missing. */
export const missingProblems = (
  { schedules }: Books,
  now: string,
  { timeZone, sendHour }: Zone,
): string[] =>
  [...schedules.values()].flatMap((schedule) => {
    const next = schedule.state === "Active" ? nextDay(schedule) : null;
    const isMissing = next !== null && instantOf(next, sendHour, timeZone) < now;
    return isMissing ? [`${schedule.id} never made ${next}`] : [];
  });
