import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  newTopUp,
  reviewTopUp,
  type TopUpRule,
  watch,
} from "../../../../domain/retainers/top-up.ts";
import { newId } from "../../../../domain/shared/ids.ts";

const now = "2027-03-10T09:00:00.000Z";
const id = <K extends "topUp" | "customer">(kind: K) => newId(kind, 0, new Uint8Array(10));
const fresh = newTopUp({ id: id("topUp"), customer: id("customer"), currency: "USD" }, now);

const rule: TopUpRule = {
  threshold: 100,
  amount: 500,
  target: null,
  action: "request",
  monthlyCap: null,
  lowBalance: null,
};

const armed = { ...fresh, top: { isArmed: true, struckAt: 0 } };
const review = (over: object = {}) => ({
  ...{ rule, lowBalance: null, told: [], today: "2027-03-10", isAsking: false },
  now: { seq: 5, balance: 100 },
  ...over,
});

describe("a threshold", () => {
  test("strikes once at or below it, and again only after a balance above", () => {
    const first = watch({ isArmed: true, struckAt: 0 }, 100, {
      told: [],
      now: { seq: 3, balance: 100 },
    });
    expect(first).toEqual({ dip: { isArmed: false, struckAt: 3 }, falls: true });
    const lower = watch(first.dip, 100, { told: [], now: { seq: 4, balance: 0 } });
    expect(lower.falls).toBe(false);
    const above = watch(lower.dip, 100, { told: [], now: { seq: 5, balance: 101 } });
    expect(above.dip.isArmed).toBe(true);
  });

  test("is armed by a balance that came and went before anybody looked", () => {
    const seen = { told: [{ seq: 4, balance: 500 }], now: { seq: 6, balance: 0 } };
    expect(watch({ isArmed: false, struckAt: 3 }, 100, seen).falls).toBe(true);
  });

  test("is not armed again by what an old event tells", () => {
    const seen = { told: [{ seq: 2, balance: 500 }], now: { seq: 6, balance: 0 } };
    expect(watch({ isArmed: false, struckAt: 3 }, 100, seen).falls).toBe(false);
  });

  test("strikes once per dip, in whatever order and how often its events come", () => {
    const levels = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(levels, fc.infiniteStream(fc.nat()), (balances, picks) => {
        const all = balances.map((balance, index) => ({ seq: index + 1, balance }));
        const last = all.at(-1) ?? { seq: 0, balance: 0 };
        let dip = { isArmed: false, struckAt: 0 };
        let strikes = 0;
        // All events are told after the last change, shuffled and doubled.
        for (let n = 0; n < all.length * 2; n += 1) {
          const pick = picks.next().value ?? 0;
          const seen = watch(dip, 100, {
            told: all.slice(pick % all.length, (pick % all.length) + 2),
            now: last,
          });
          dip = seen.dip;
          strikes += seen.falls ? 1 : 0;
        }
        expect(strikes).toBeLessThanOrEqual(1);
        if (last.balance > 100) expect(strikes).toBe(0);
      }),
    );
  });
});

describe("a strike", () => {
  test.each([
    ["a fixed amount", {}, 500],
    ["what is missing to the target", { amount: null, target: 800 }, 700],
  ])("asks for %s", (_name, over, amount) => {
    const reviewed = reviewTopUp(armed, review({ rule: { ...rule, ...over } }));
    expect(reviewed?.strike).toEqual({ amount, action: "request" });
  });

  test("is left out while the last retainer still asks, and uses the dip up", () => {
    const reviewed = reviewTopUp(armed, review({ isAsking: true }));
    expect(reviewed).toMatchObject({ strike: null, topUp: { top: { isArmed: false } } });
  });

  test("tells a low balance once, on its own threshold", () => {
    const low = { ...armed, low: { isArmed: true, struckAt: 0 } };
    const reviewed = reviewTopUp(low, review({ lowBalance: 300, now: { seq: 5, balance: 200 } }));
    expect(reviewed).toMatchObject({ isLow: true, strike: null });
  });

  test.each([
    ["under the cap", { monthlyCap: 500 }, {}, "charge"],
    ["over the cap", { monthlyCap: 499 }, {}, "request"],
    ["a second time on one day", { monthlyCap: 5000 }, { chargedOn: "2027-03-10" }, "request"],
    [
      "with the month's rest",
      { monthlyCap: 900 },
      { chargedOn: "2027-03-02", chargedInMonth: 500 },
      "request",
    ],
    [
      "in a new month",
      { monthlyCap: 900 },
      { chargedOn: "2027-02-28", chargedInMonth: 900 },
      "charge",
    ],
  ])("%s", (_name, own, state, action) => {
    const charging = { ...rule, action: "charge", ...own } as const;
    const reviewed = reviewTopUp({ ...armed, ...state }, review({ rule: charging }));
    expect(reviewed?.strike?.action).toBe(action);
  });
});

test("nothing changed is nothing to write", () => {
  const quiet = { now: { seq: 5, balance: 900 } };
  expect(reviewTopUp(armed, review(quiet))).toBeUndefined();
});
