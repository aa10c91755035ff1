import { nextCycle } from "../model/aheads.ts";
import type { Books } from "../model/books.ts";
import { instantOf } from "../model/days.ts";
import type { Zone } from "../model/schedules.ts";
import type { Item } from "../storage.ts";
import { differences, headsOf } from "./heads.ts";

interface Stored {
  readonly books: Books;
  readonly mirror: ReadonlyMap<string, Item>;
}

/** Pre-payments stand where the model has them, and nothing was charged twice. */
export function aheadProblems({ books, mirror }: Stored): string[] {
  const heads = headsOf(mirror, "PRE");
  return [
    ...(heads.length === books.aheads.size ? [] : [`${heads.length} pre-payments are stored`]),
    ...heads.flatMap((head) => {
      const ahead = books.aheads.get(head.id);
      if (!ahead) return [`nobody asked for ${head.id}`];
      const { state, amount, position, skipped, cycles, used, frequency } = ahead;
      return differences(head.id, head, {
        ...{ status: state, amount, position, skipped, cycles, frequency },
        ...{ nextOn: nextCycle(ahead), cyclesLeft: cycles === null ? null : cycles - used },
      });
    }),
    ...[...books.charges].flatMap(([cause, tries]) => {
      const paid = tries.filter(({ payment }) => books.payments.get(payment)?.state === "Received");
      return paid.length > 1 ? [`${cause} was charged ${paid.length} times`] : [];
    }),
  ];
}

/** Once the clock has caught up no cycle is left undone. */
export function missedCycles({ books }: Stored, now: string, zone: Zone): string[] {
  const { timeZone, sendHour } = zone;
  return [...books.aheads.values()].flatMap((ahead) => {
    const next = ahead.state === "Active" ? nextCycle(ahead) : null;
    const isMissing = next !== null && instantOf(next, sendHour, timeZone) < now;
    return isMissing ? [`${ahead.id} never charged ${next}`] : [];
  });
}
