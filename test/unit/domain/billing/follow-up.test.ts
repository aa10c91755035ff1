import { describe, expect, test } from "vitest";
import { type Settings, settingsSchema } from "../../../../domain/agencies/agency.ts";
import { followUpsOf, isDone, markDone } from "../../../../domain/billing/follow-up.ts";
import { anInvoice } from "../../../support/builders.ts";

const { reminders, lateFee } = settingsSchema.pick({ reminders: true, lateFee: true }).parse({
  reminders: [
    { when: "before", days: 3 },
    { when: "after", days: 10 },
  ],
  lateFee: { type: "amount", value: 500, days: 7 },
});
const settings: Pick<Settings, "reminders" | "lateFee"> = { reminders, lateFee };
const open = anInvoice({ status: "Unpaid", dueDate: "2027-03-01" });
const days = (...asked: Parameters<typeof followUpsOf>) =>
  followUpsOf(...asked).map(({ what, on, at }) => [what, on, at]);

describe("what follows an open invoice", () => {
  test("lies around its due day", () => {
    expect(days(open, settings, undefined)).toEqual([
      ["overdue", "2027-03-02", "start"],
      ["reminder-before-3", "2027-02-26", "send-hour"],
      ["reminder-after-10", "2027-03-11", "send-hour"],
      ["late-fee", "2027-03-08", "send-hour"],
    ]);
  });

  test("is told late only when it becomes overdue", () => {
    const late = followUpsOf(open, settings, undefined).filter(({ aheadOnly }) => !aheadOnly);
    expect(late.map(({ what }) => what)).toEqual(["overdue"]);
  });

  test.each(["Draft", "Pending", "Paid", "Canceled", "Refunded"] as const)(
    "is nothing for one that is %s",
    (status) => {
      expect(followUpsOf({ ...open, status }, settings, undefined)).toEqual([]);
    },
  );

  test("is no late fee for a retainer, and none without a rule", () => {
    const noFee = (asked: ReturnType<typeof days>) => asked.map(([what]) => what);
    const retainer = anInvoice({ isRetainer: true, status: "Unpaid" });
    expect(noFee(days(retainer, settings, undefined))).not.toContain("late-fee");
    expect(noFee(days(open, { ...settings, lateFee: null }, undefined))).not.toContain("late-fee");
  });

  test("is done once for a due day; another day begins anew, but for the fee", () => {
    let followed = markDone(undefined, open, "overdue");
    for (const what of ["reminder-after-10", "late-fee"]) followed = markDone(followed, open, what);
    expect(followed).toMatchObject({ dueDate: open.dueDate, version: 3 });
    expect(days(open, settings, followed).map(([what]) => what)).toEqual(["reminder-before-3"]);
    const moved = { ...open, dueDate: "2027-04-01" };
    expect(days(moved, settings, followed).map(([what]) => what)).toEqual([
      ...["overdue", "reminder-before-3", "reminder-after-10"],
    ]);
    const anew = markDone(followed, moved, "overdue");
    expect(anew).toEqual({ dueDate: "2027-04-01", done: ["late-fee", "overdue"], version: 4 });
    expect(isDone(anew, open, "overdue")).toBe(false);
    expect(isDone(anew, open, "late-fee")).toBe(true);
  });
});
