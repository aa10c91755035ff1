import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cancelPrepayment,
  changePrepayment,
  newPrepayment,
  type Prepayment,
  startPrepayment,
} from "../../../../domain/portal/prepayment.ts";
import { frequencies, occurrence } from "../../../../domain/recurring/frequency.ts";
import { aCustomerId, anId, now, today } from "../../../support/builders.ts";

const aPrepayment = (over: Partial<Prepayment> = {}): Prepayment => ({
  ...newPrepayment(
    {
      ...{ id: anId("prepayment"), customer: aCustomerId, contact: null, amount: 5_000 },
      ...{ currency: "USD", note: null, frequency: "monthly", cycles: 3 },
    },
    now,
  ),
  ...over,
});

const later = "2026-12-01T00:00:00.000Z";

describe("a pre-payment", () => {
  test("waits for its first payment, and counts from its day", () => {
    const waiting = aPrepayment();
    expect(waiting).toMatchObject({
      status: "Pending",
      cyclesLeft: 3,
      startOn: null,
      nextOn: null,
    });
    expect(startPrepayment(waiting, { today: "2027-01-31", now: later })).toEqual({
      ...waiting,
      ...{
        status: "Active",
        cyclesLeft: 2,
        startOn: "2027-01-31",
        nextOn: "2027-02-28",
        position: 1,
      },
      ...{ updatedAt: later, version: 2 },
    });
  });

  test("of one cycle is over with its first payment", () => {
    const started = startPrepayment(aPrepayment({ cycles: 1 }), { today, now });
    expect(started).toMatchObject({ status: "Completed", cyclesLeft: 0, nextOn: null });
  });

  test.each(["Active", "Paused", "Completed", "Canceled"] as const)(
    "that is %s doesn't start again",
    (status) => {
      expect(startPrepayment(aPrepayment({ status }), { today, now })).toBeUndefined();
    },
  );

  test("in any rhythm goes on one interval later, endless or with one cycle less", () => {
    const cycles = fc.option(fc.integer({ min: 2, max: 1_000 }), { nil: null });
    fc.assert(
      fc.property(fc.constantFrom(...frequencies), cycles, (frequency, count) => {
        const started = startPrepayment(aPrepayment({ frequency, cycles: count }), { today, now });
        expect(started?.nextOn).toBe(occurrence(today, frequency, 1));
        expect(started?.cyclesLeft).toBe(count === null ? null : count - 1);
        expect(started?.status).toBe("Active");
      }),
    );
  });

  test("that was endless gets as many cycles as are said, and those left out are none", () => {
    const running = { status: "Active", cycles: null, cyclesLeft: null } as const;
    const endless = aPrepayment({ ...running, position: 7, skipped: 4 });
    expect(changePrepayment(endless, { cycles: 5 }, later)).toMatchObject({
      prepayment: { cycles: 5, cyclesLeft: 2 },
    });
    expect(changePrepayment(endless, { cycles: 3 }, later)).toMatchObject({
      code: "recurring.cycles-used",
    });
  });

  test.each(["Pending", "Active", "Paused"] as const)("that is %s can be canceled", (status) => {
    const open = aPrepayment({ status, nextOn: "2027-01-01" });
    expect(cancelPrepayment(open, later)).toEqual({
      ok: true,
      prepayment: {
        ...open,
        ...{ status: "Canceled", nextOn: null, updatedAt: later, version: 2 },
      },
    });
  });

  test.each(["Completed", "Canceled"] as const)("that is %s can't", (status) => {
    const refused = { ok: false, code: "prepayment.not-open" };
    expect(cancelPrepayment(aPrepayment({ status }), later)).toMatchObject(refused);
  });
});
