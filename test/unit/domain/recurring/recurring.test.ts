import { describe, expect, test } from "vitest";
import {
  afterOccurrence,
  changeRecurring,
  chooseAutoBill,
  isAutoBilled,
  newRecurring,
  pauseRecurring,
  type Recurring,
  type RecurringTerms,
  resumeRecurring,
  startRecurring,
  stopRecurring,
  upcoming,
} from "../../../../domain/recurring/recurring.ts";
import { newId } from "../../../../domain/shared/ids.ts";

const moment = { now: "2027-03-10T09:00:00.000Z", today: "2027-03-10" };
const id = <K extends "recurring" | "customer">(kind: K) =>
  newId(kind, Date.parse(moment.now), new Uint8Array(10));

const terms: RecurringTerms = {
  customer: id("customer"),
  isRetainer: false,
  currency: "USD",
  total: 10_000,
  frequency: "monthly",
  startOn: "2027-01-31",
  cycles: null,
  autoBill: "off",
  autoBillOn: "due",
  autoSend: true,
  dueDays: null,
};

const aDraft = (over: Partial<RecurringTerms> = {}): Recurring =>
  newRecurring({ ...terms, ...over }, { id: id("recurring"), now: moment.now });

const started = (over: Partial<RecurringTerms> = {}, catchUp = true): Recurring => {
  const decided = startRecurring(aDraft(over), { catchUp }, moment);
  if (!decided.ok) throw new Error(decided.code);
  return decided.recurring;
};

describe("a start in the past", () => {
  test("needs a word about what was missed", () => {
    expect(startRecurring(aDraft(), { catchUp: null }, moment)).toMatchObject({
      ok: false,
      code: "recurring.start-past",
      errors: [{ pointer: "#/catchUp" }],
    });
  });

  test("is made up for from the first day", () => {
    expect(started()).toMatchObject({ status: "Active", position: 0, nextOn: "2027-01-31" });
  });

  test("or skipped, which uses up no cycle", () => {
    expect(started({ cycles: 3 }, false)).toMatchObject({
      ...{ position: 2, nextOn: "2027-03-31", cyclesLeft: 3 },
    });
  });

  test("too long ago to be made up for is refused", () => {
    const long = aDraft({ frequency: "daily", startOn: "2020-01-01" });
    expect(startRecurring(long, { catchUp: true }, moment)).toMatchObject({
      code: "recurring.too-many-missed",
    });
    const few = aDraft({ frequency: "daily", startOn: "2020-01-01", cycles: 10 });
    expect(startRecurring(few, { catchUp: true }, moment).ok).toBe(true);
  });

  test("today is not the past", () => {
    const today = startRecurring(aDraft({ startOn: moment.today }), { catchUp: null }, moment);
    expect(today).toMatchObject({ ok: true, recurring: { nextOn: moment.today } });
  });
});

test("month ends are counted from the anchor, never from the last one", () => {
  let recurring = started();
  const days = [];
  for (let n = 0; n < 5; n += 1) {
    days.push(recurring.nextOn);
    recurring = afterOccurrence(recurring, moment.now);
  }
  expect(days).toEqual(["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]);
});

test("cycles count what is made and end it", () => {
  const last = afterOccurrence(started({ cycles: 1 }), moment.now);
  expect(last).toMatchObject({ status: "Completed", nextOn: null, cyclesLeft: 0, issued: 1 });
  expect(upcoming(last, 5)).toEqual([]);
});

test("the days to come are those that will be made", () => {
  expect(upcoming(started({ cycles: 2 }), 12)).toEqual([
    { cycle: 1, date: "2027-01-31" },
    { cycle: 2, date: "2027-02-28" },
  ]);
});

describe("a paused one", () => {
  const paused = pauseRecurring(started(), { now: moment.now });
  if (!paused.ok) throw new Error("it was active");

  test.each([
    [true, "2027-01-31"],
    [false, "2027-03-31"],
  ])("resumed with catchUp %s goes on at %s", (catchUp, nextOn) => {
    expect(resumeRecurring(paused.recurring, { catchUp }, moment)).toMatchObject({
      ok: true,
      recurring: { status: "Active", nextOn },
    });
  });

  test("isn't paused twice, nor started", () => {
    expect(pauseRecurring(paused.recurring, { now: moment.now })).toMatchObject({ ok: false });
    expect(startRecurring(paused.recurring, { catchUp: true }, moment)).toMatchObject({
      code: "recurring.not-draft",
    });
  });
});

test("what is over stays over", () => {
  const over = stopRecurring(started(), moment.now);
  if (!over.ok) throw new Error("it was active");
  expect(stopRecurring(over.recurring, moment.now)).toMatchObject({ code: "recurring.completed" });
  expect(changeRecurring(over.recurring, { total: 1 }, moment)).toMatchObject({
    code: "recurring.completed",
  });
});

describe("a change", () => {
  const made = afterOccurrence(started({ cycles: 5 }), moment.now);

  test("of the amount keeps the rhythm", () => {
    expect(changeRecurring(made, { total: 5 }, moment)).toMatchObject({
      recurring: { total: 5, nextOn: made.nextOn, position: 1, cyclesLeft: 4 },
    });
  });

  test("of the rhythm needs a day that lies ahead", () => {
    expect(changeRecurring(made, { frequency: "weekly" }, moment)).toMatchObject({
      code: "recurring.start-past",
      errors: [{ pointer: "#/startOn" }],
    });
    const change = { frequency: "weekly", startOn: "2027-04-05" } as const;
    expect(changeRecurring(made, change, moment)).toMatchObject({
      recurring: { nextOn: "2027-04-05", position: 0, issued: 1 },
    });
  });

  test("of the rhythm never makes a day again", () => {
    const change = { frequency: "weekly", startOn: moment.today } as const;
    const today = { ...made, lastOn: moment.today };
    expect(changeRecurring(today, change, moment)).toMatchObject({
      code: "recurring.start-past",
      errors: [{ pointer: "#/startOn", detail: "must be after 2027-03-10, which was made" }],
    });
  });

  test("to no more cycles than were made is refused", () => {
    expect(changeRecurring(made, { cycles: 1 }, moment)).toMatchObject({
      code: "recurring.cycles-used",
    });
  });
});

test.each([
  ["off", null, false],
  ["always", false, true],
  ["optIn", null, false],
  ["optIn", true, true],
  ["optOut", null, true],
  ["optOut", false, false],
] as const)("autoBill %s with the contact's choice %s charges: %s", (autoBill, chosen, charges) => {
  expect(isAutoBilled({ ...aDraft({ autoBill }), autoBillChosen: chosen })).toBe(charges);
});

test("the contact chooses only where the agency lets them", () => {
  expect(chooseAutoBill(aDraft({ autoBill: "always" }), false, moment.now)).toMatchObject({
    code: "recurring.auto-bill-fixed",
  });
  expect(chooseAutoBill(aDraft({ autoBill: "optIn" }), true, moment.now)).toMatchObject({
    recurring: { autoBillChosen: true },
  });
});
