import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openClock } from "../../../local/clock.ts";
import { createTimeline, type DueSource } from "../../../local/timeline.ts";
import { aClock, aFolder, aMachine, startedAt } from "./support.ts";

describe("the clock", () => {
  it("starts at the given instant and runs on by itself", () => {
    const machine = aMachine();
    const file = join(aFolder(), "clock.json");
    const clock = openClock({ file, start: startedAt, machineMs: machine.machineMs });
    expect(clock.now()).toBe(startedAt);
    machine.pass(1_500);
    expect(clock.now()).toBe("2027-03-01T09:00:01.500Z");
  });

  it("goes on after a restart from where it was, plus the time that passed", () => {
    const machine = aMachine();
    const options = { file: join(aFolder(), "clock.json"), machineMs: machine.machineMs };
    openClock({ ...options, start: startedAt }).moveTo("2027-04-01T00:00:00.000Z");
    machine.pass(60_000);
    const again = openClock({ ...options, start: "2030-01-01T00:00:00.000Z" });
    expect(again.now()).toBe("2027-04-01T00:01:00.000Z");
  });

  it("moves forward only", () => {
    const clock = aClock(aFolder());
    clock.moveTo("2027-02-01T00:00:00.000Z");
    expect(clock.now()).toBe(startedAt);
  });

  it("stands still while held and goes on from there", () => {
    const machine = aMachine();
    const file = join(aFolder(), "clock.json");
    const clock = openClock({ file, start: startedAt, machineMs: machine.machineMs });
    const release = clock.hold();
    machine.pass(5_000);
    clock.moveTo("2027-03-02T00:00:00.000Z");
    machine.pass(5_000);
    expect(clock.now()).toBe("2027-03-02T00:00:00.000Z");
    release();
    machine.pass(1);
    expect(clock.now()).toBe("2027-03-02T00:00:00.001Z");
  });
});

/** Work at given instants; doing it may make more. */
function aSource(clock: { now(): string }, instants: readonly string[], everyMs?: number) {
  let left = [...instants];
  const ranAt: string[] = [];
  const causes = new Map<string, string>();
  const source: DueSource = {
    name: "test",
    next: async (after) => left.filter((at) => at > after).toSorted()[0],
    run: async () => {
      const due = left.filter((at) => at <= clock.now());
      left = left.filter((at) => at > clock.now());
      ranAt.push(...due.map(() => clock.now()));
      for (const at of due) if (causes.has(at)) left.push(causes.get(at) ?? "");
      return due.length;
    },
    ...(everyMs === undefined ? {} : { everyMs }),
  };
  return { source, ranAt, causes };
}

const settle = async () => undefined;

describe("advancing", () => {
  it("stops at every due instant and ends exactly at the target", async () => {
    const clock = aClock(aFolder());
    const due = ["2027-03-05T00:00:00.000Z", "2027-03-03T12:00:00.000Z"];
    const { source, ranAt } = aSource(clock, [...due, "2028-01-01T00:00:00.000Z"]);
    const timeline = createTimeline({ clock, sources: [source], settle });
    expect(await timeline.advance("2027-04-01T09:00:00.000Z")).toBe(2);
    expect(ranAt).toEqual(["2027-03-03T12:00:00.000Z", "2027-03-05T00:00:00.000Z"]);
    expect(clock.now()).toBe("2027-04-01T09:00:00.000Z");
  });

  it("also does what the work on the way makes due", async () => {
    const clock = aClock(aFolder());
    const { source, ranAt, causes } = aSource(clock, ["2027-03-02T00:00:00.000Z"]);
    causes.set("2027-03-02T00:00:00.000Z", "2027-03-09T00:00:00.000Z");
    // Due in the past at once, as after a catch-up.
    causes.set("2027-03-09T00:00:00.000Z", "2027-03-08T00:00:00.000Z");
    const timeline = createTimeline({ clock, sources: [source], settle });
    expect(await timeline.advance("2027-03-31T00:00:00.000Z")).toBe(3);
    expect(ranAt).toEqual([
      "2027-03-02T00:00:00.000Z",
      "2027-03-09T00:00:00.000Z",
      "2027-03-09T00:00:00.000Z",
    ]);
  });

  it("looks at a scheduled source at its ticks, and at the target", async () => {
    const clock = aClock(aFolder());
    const due = [
      "2027-03-01T09:00:12.000Z",
      "2027-03-01T09:00:48.000Z",
      "2027-03-01T09:02:10.000Z",
    ];
    const { source, ranAt } = aSource(clock, due, 60_000);
    const timeline = createTimeline({ clock, sources: [source], settle });
    await timeline.advance("2027-03-01T09:02:30.000Z");
    expect(ranAt).toEqual([
      "2027-03-01T09:01:00.000Z",
      "2027-03-01T09:01:00.000Z",
      "2027-03-01T09:02:30.000Z",
    ]);
  });

  it("does nothing during an outage and catches up after it", async () => {
    const clock = aClock(aFolder());
    const { source, ranAt } = aSource(clock, ["2027-03-02T00:00:00.000Z"]);
    const timeline = createTimeline({ clock, sources: [source], settle });
    await timeline.skip("2027-03-11T09:00:00.000Z");
    expect(ranAt).toEqual([]);
    expect(await timeline.catchUp()).toBe(1);
    expect(ranAt).toEqual(["2027-03-11T09:00:00.000Z"]);
  });

  it("refuses work without an end instead of hanging", async () => {
    const clock = aClock(aFolder());
    const endless: DueSource = {
      name: "endless",
      next: async () => clock.now(),
      run: async () => 1,
    };
    const timeline = createTimeline({ clock, sources: [endless], settle });
    await expect(timeline.advance("2027-03-02T00:00:00.000Z")).rejects.toThrow("come to an end");
    await expect(timeline.skip("2027-03-03T00:00:00.000Z")).resolves.toBeUndefined();
  });
});
