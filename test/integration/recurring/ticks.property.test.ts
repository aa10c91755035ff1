import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { expect, test } from "vitest";
import { occurrence } from "../../../domain/recurring/frequency.ts";
import { addDuration } from "../../../domain/shared/calendar.ts";
import { performDue } from "../../../functions/jobs/perform-due.ts";
import type { Deps } from "../../../functions/kit/deps.ts";
import { aShell, type Shell } from "../../support/shell.ts";
import { foundNow, settleDue } from "../../support/ticking.ts";

/** A process that dies before or after its n-th call to storage, and answers nothing after that. */
function dying({ deps }: Pick<Shell, "deps">, calls: number, isAfter: boolean): Deps {
  let left = calls;
  const wrap = (db: DynamoDBDocumentClient): DynamoDBDocumentClient =>
    new Proxy(db, {
      get: (target, name) => {
        if (name !== "send") return Reflect.get(target, name);
        return async (command: unknown) => {
          left -= 1;
          if (left < 0 || (left === 0 && !isAfter)) throw new Error("the process died");
          const answer = await target.send(command as never);
          if (left === 0) throw new Error("the process died");
          return answer;
        };
      },
    });
  return {
    ...deps,
    platform: { ...deps.platform, db: wrap(deps.platform.db) },
    tenant: async (agency) => {
      const tenant = await deps.tenant(agency);
      return { ...tenant, db: wrap(tenant.db) };
    },
  };
}

const tickOf = async (deps: Deps): Promise<void> => {
  for (const due of await foundNow(deps)) await performDue(deps, due);
};

/** One tick in its ways to go wrong; what is thrown is what a process that died would have left. */
async function wildTick(shell: Shell, { how, calls }: Step): Promise<void> {
  if (how === "twice") await tickOf(shell.deps).then(() => tickOf(shell.deps));
  if (how === "overlapping") await Promise.all([tickOf(shell.deps), tickOf(shell.deps)]);
  if (how === "dies-before" || how === "dies-after") {
    const died = tickOf(dying(shell, calls, how === "dies-after"));
    await died.catch((error: unknown) => expect(String(error)).toMatch(/died/));
  }
}

interface Step {
  readonly hours: number;
  readonly how: "missing" | "twice" | "overlapping" | "dies-before" | "dies-after";
  readonly calls: number;
}

const steps = fc.array(
  fc.record({
    hours: fc.integer({ min: 1, max: 240 }),
    how: fc.constantFrom("missing", "twice", "overlapping", "dies-before", "dies-after"),
    calls: fc.integer({ min: 1, max: 25 }),
  }),
  { minLength: 3, maxLength: 8 },
);

const end = "2027-05-01T12:00:00.000Z";
const frequencies = { daily: "2027-04-18", weekly: "2027-03-03", monthly: "2027-03-31" } as const;

test("late, doubled, overlapping, missing and dying ticks make each occurrence once, on its day", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const shell = await aShell({ timeZone: "Europe/Berlin" });
      const { call, clock } = shell;
      const billTo = { company: "Acme" };
      const customer = (await call("POST", "/v1/customers", { billTo })).body.id;
      const template = { customer, items: [{ name: "Care", quantity: 1, price: 10 }] };
      const ids = await Promise.all(
        Object.entries(frequencies).map(async ([frequency, startOn]) => {
          const body = { template, frequency, startOn, status: "Active", autoSend: false };
          return (await call("POST", "/v1/recurring-invoices", body)).body.id;
        }),
      );
      for (const step of history as Step[]) {
        clock.set(addDuration(clock.now(), `PT${step.hours}H`));
        await wildTick(shell, step);
      }
      if (clock.now() < end) clock.set(end);
      await settleDue(shell);
      // What was put off after a death comes a little later.
      clock.set(addDuration(clock.now(), "PT7H"));
      await settleDue(shell);
      await expectEachOnce(shell, ids);
    }),
    { numRuns: 4 },
  );
}, 240_000);

async function expectEachOnce({ call, clock }: Shell, ids: readonly string[]): Promise<void> {
  const numbers: string[] = [];
  const today = clock.now().slice(0, 10);
  for (const [index, [frequency, startOn]] of Object.entries(frequencies).entries()) {
    const made = await call("GET", `/v1/recurring-invoices/${ids[index]}/invoices?limit=100`);
    const dates = made.body.docs.map(({ date }: { date: string }) => date).reverse();
    const expected = dates.map((_: string, n: number) =>
      occurrence(startOn, frequency as keyof typeof frequencies, n),
    );
    expect(dates).toEqual(expected);
    const next = occurrence(startOn, frequency as keyof typeof frequencies, dates.length);
    expect(next >= today).toBe(true);
    numbers.push(...made.body.docs.map(({ number }: { number: string }) => number));
  }
  const sorted = [...numbers].sort();
  expect(sorted).toEqual(numbers.map((_, n) => `INV-${String(n + 1).padStart(4, "0")}`));
}
