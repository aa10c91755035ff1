import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, addDuration } from "../../../domain/shared/calendar.ts";
import { wildTick, wildTicks } from "../../support/wild-ticks.ts";
import { aTimeWorld, failing, type Json, type TimeWorld } from "./world.ts";

const begin = "2027-03-03";
const amount = 250;

/** Whole days from one to the other. */
const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;

const chargesOf = async (world: TimeWorld, customer: string): Promise<Json[]> =>
  (await world.paymentsOf(customer)).filter(({ source }) => source === "prepayment");

test("wild ticks charge no cycle twice: each is charged or noted as skipped, the newest is never", async () => {
  await fc.assert(
    fc.asyncProperty(wildTicks, async (history) => {
      const world = await aTimeWorld({ timeZone: "Europe/Berlin" });
      const { clock } = world.shell;
      const customer = await world.withMethod();
      const { id } = await world.prepayment(customer, { frequency: "daily", startOn: begin });
      for (const step of history) {
        clock.set(addDuration(clock.now(), `PT${step.hours}H`));
        await wildTick(world.shell, step);
        // Webhooks and events of what went out come twice and in any order.
        await world.settle({ copies: 2, shuffled: true });
      }
      await world.pass(addDuration(clock.now(), "PT7H"));
      await expectCyclesKept(world, { customer, id });
    }),
    { numRuns: 1, endOnFailure: true },
  );
}, 240_000);

/** Counted from what Stripe holds, not from what we noted. */
async function expectCyclesKept(
  world: TimeWorld,
  { customer, id }: { readonly customer: string; readonly id: string },
): Promise<void> {
  const [schedule, charges] = await Promise.all([
    world.get(`/v1/prepayments/${id}`),
    chargesOf(world, customer),
  ]);
  const elapsed = daysBetween(begin, schedule.nextOn);
  expect(charges.length + schedule.skipped).toBe(elapsed);
  expect(charges).toEqual(
    charges.map(() => expect.objectContaining({ amount, unapplied: amount })),
  );
  const intents = charges.map(({ stripe }) => stripe.paymentIntent);
  expect(new Set(intents).size).toBe(charges.length);
  const today = world.shell.clock.now().slice(0, 10);
  expect([today, addDays(today, 1)]).toContain(schedule.nextOn);
  const atStripe = await world.chargedAtStripe(customer);
  expect(atStripe.filter((cents) => cents === amount * 100)).toHaveLength(charges.length);
  await world.expectPromisesKept(customer);
}

test("of an invoice that stays unpaid every wild history makes four tries, none before its day, on days of their own", async () => {
  await fc.assert(
    fc.asyncProperty(wildTicks, async (history) => {
      const world = await aTimeWorld();
      const { clock } = world.shell;
      const customer = await world.withMethod(failing);
      await world.recurring(customer, {
        ...{ autoBill: "always", autoBillOn: "issue", cycles: 1, startOn: begin, dueDays: 90 },
      });
      for (const step of history) {
        clock.set(addDuration(clock.now(), `PT${step.hours}H`));
        await wildTick(world.shell, step);
        await world.settle({ copies: 2, shuffled: true });
      }
      await world.pass(addDuration(clock.now(), "P12D"));
      const tries = (await world.paymentsOf(customer)).filter(({ source }) => source === "auto");
      expect(tries.map(({ status }) => status)).toEqual(["Failed", "Failed", "Failed", "Failed"]);
      const days = tries.map(({ createdAt }) => createdAt.slice(0, 10)).sort();
      const earliest = [0, 1, 3, 5].map((wait) => addDays(days[0] ?? "", wait));
      expect(days.map((day, index) => day >= (earliest[index] ?? ""))).toEqual(
        days.map(() => true),
      );
      expect(new Set(days).size).toBe(days.length);
      await world.expectPromisesKept(customer);
    }),
    { numRuns: 1, endOnFailure: true },
  );
}, 240_000);
