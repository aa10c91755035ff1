import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aScene, operations, type Scene } from "../../bench/scene.ts";
import { type Units, unitsOf } from "../../bench/units.ts";
import { meter } from "../support/meter.ts";

interface Bound {
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly roundTrips: number;
  /** What the design asks for where this is not reached yet. */
  readonly goal?: Partial<Omit<Bound, "goal">>;
}

const read = (readUnits: number, roundTrips = 2): Bound => ({
  readUnits,
  writeUnits: 0,
  roundTrips,
});

/** Three round trips are the goal of every write; the first of four or five reads the API key. */
const write = (readUnits: number, writeUnits: number, roundTrips: number): Bound => {
  const bound = { readUnits, writeUnits, roundTrips };
  return roundTrips > 3 ? { ...bound, goal: { roundTrips: 3 } } : bound;
};

/** Authentication, the settings and the kept answer included; for heads of up to 1 KB. */
const bounds: Readonly<Record<string, Bound>> = {
  "create a draft": write(5, 12, 3),
  "issue an invoice": write(8, 14, 4),
  "issue and draw from a retainer": {
    ...write(11, 24, 5),
    goal: { writeUnits: 22, roundTrips: 3 },
  },
  "record a retainer's payment": write(6, 16, 4),
  "apply a retainer's payment to an invoice": write(8, 20, 4),
  "refund unapplied money": write(5, 10, 4),
  "cancel a paid invoice": write(8, 22, 4),
  "void a payment": write(6, 10, 4),
  "undo an application": write(9, 22, 5),
  "create a credit": write(5, 10, 4),
  "issue a credit": write(6, 16, 4),
  "apply a credit to an invoice": write(6, 18, 4),
  "open a checkout page": write(10, 14, 9),
  "receive a webhook": write(1, 2, 2),
  "receive a webhook again": read(2, 1),
  "read an invoice": read(4),
  "read a payment": read(4),
  "list 20 invoices": read(5),
  "list 100 invoices": read(9),
};

/** Another database may be asked: DynamoDB Local's figures for transactions are not AWS's. */
const countsRight = process.env.DYNAMODB_ENDPOINT === undefined;

let scene: Scene;
const measured = new Map<string, Units>();

beforeAll(async () => {
  scene = await aScene();
  const metered = meter(scene.shell.table);
  for (const operation of operations) {
    measured.set(operation.name, await unitsOf(operation, scene, metered));
  }
});
afterAll(() => scene.close());

test("every operation that is measured has a bound", () => {
  expect([...measured.keys()].sort()).toEqual(Object.keys(bounds).sort());
});

describe("what a request costs in the database stays within its bound", () => {
  test.each(Object.entries(bounds))("%s", (name, { readUnits, writeUnits, roundTrips }) => {
    const cost = measured.get(name);
    expect(cost?.roundTrips).toBeLessThanOrEqual(roundTrips);
    if (!countsRight) return;
    expect(cost?.readUnits).toBeLessThanOrEqual(readUnits);
    expect(cost?.writeUnits).toBeLessThanOrEqual(writeUnits);
    // Nothing measured would pass everything.
    expect(cost?.readUnits).toBeGreaterThan(0);
    expect(cost?.writeUnits === 0).toBe(writeUnits === 0);
  });
});

test.runIf(countsRight)(
  "a goal that was reached is no goal any more: the bound takes its place",
  () => {
    for (const [name, { goal = {} }] of Object.entries(bounds)) {
      const cost = measured.get(name);
      for (const [what, wanted] of Object.entries(goal)) {
        expect(cost?.[what as keyof typeof goal], `${name}: ${what}`).toBeGreaterThan(wanted);
      }
    }
  },
);
