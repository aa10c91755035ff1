import fc from "fast-check";
import { expect, test } from "vitest";
import { occurrence } from "../../../domain/recurring/frequency.ts";
import { addDuration } from "../../../domain/shared/calendar.ts";
import { aShell, type Shell } from "../../support/shell.ts";
import { settleDue } from "../../support/ticking.ts";
import { wildTick, wildTicks } from "../../support/wild-ticks.ts";

const end = "2027-05-01T12:00:00.000Z";
const frequencies = { daily: "2027-04-18", weekly: "2027-03-03", monthly: "2027-03-31" } as const;

test("late, doubled, overlapping, missing and dying ticks make each occurrence once, on its day", async () => {
  await fc.assert(
    fc.asyncProperty(wildTicks, async (history) => {
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
      for (const step of history) {
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
    { numRuns: 1, endOnFailure: true },
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
