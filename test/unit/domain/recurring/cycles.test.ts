import fc from "fast-check";
import { expect, test } from "vitest";
import { missedBefore, positionAt } from "../../../../domain/recurring/cycles.ts";
import { frequencies, occurrence } from "../../../../domain/recurring/frequency.ts";
import { addDays } from "../../../../domain/shared/calendar.ts";

const rhythms = fc.record({
  startOn: fc.nat(2_000).map((days) => addDays("2024-01-01", days)),
  frequency: fc.constantFrom(...frequencies),
});
const ahead = fc.integer({ min: -400, max: 4_000 });

test("the position at a day is the first occurrence that is not before it", () => {
  fc.assert(
    fc.property(rhythms, ahead, fc.nat(20), (rhythm, days, from) => {
      const { startOn, frequency } = rhythm;
      const day = addDays(startOn, days);
      const position = positionAt(rhythm, day, from);
      expect(position).toBeGreaterThanOrEqual(from);
      expect(occurrence(startOn, frequency, position) >= day).toBe(true);
      if (position > from) {
        expect(occurrence(startOn, frequency, position - 1) < day).toBe(true);
      }
      expect(missedBefore(rhythm, day, from)).toBe(position - from);
    }),
  );
});

test.each([
  ["its own day is not missed", "2027-01-31", 0],
  ["the day after it, it is", "2027-02-01", 1],
  ["a clamped one counts on its clamped day", "2027-02-28", 1],
  ["and after it", "2027-03-01", 2],
])("of a month's last day: %s", (_what, day, missed) => {
  expect(missedBefore({ startOn: "2027-01-31", frequency: "monthly" }, day, 0)).toBe(missed);
});
