import fc from "fast-check";
import { expect, test } from "vitest";
import { agingOf } from "../../../../domain/portal/aging.ts";
import { addDays } from "../../../../domain/shared/calendar.ts";

const asOf = "2027-03-31";
const nothing = { current: 0, days1to30: 0, days31to60: 0, days61to90: 0, over90: 0 };
const owed = (daysLate: number, balance: number, id = "inv_1") => ({
  id,
  dueDate: addDays(asOf, -daysLate),
  balance,
});

test.each([
  [-1, "current"],
  [0, "current"],
  [1, "days1to30"],
  [30, "days1to30"],
  [31, "days31to60"],
  [60, "days31to60"],
  [61, "days61to90"],
  [90, "days61to90"],
  [91, "over90"],
  [4_000, "over90"],
])("money that is %i days late is %s", (daysLate, bucket) => {
  expect(agingOf([owed(daysLate, 5)], asOf)).toEqual({ ...nothing, [bucket]: 5 });
});

test("every cent stands in one place", () => {
  const some = fc.array(fc.tuple(fc.integer({ min: -400, max: 400 }), fc.nat(100_000)));
  fc.assert(
    fc.property(some, (all) => {
      const aging = agingOf(
        all.map(([daysLate, balance]) => owed(daysLate, balance)),
        asOf,
      );
      const sum = Object.values(aging).reduce((a, b) => a + b, 0);
      expect(sum).toBe(all.reduce((total, [, balance]) => total + balance, 0));
    }),
  );
});
