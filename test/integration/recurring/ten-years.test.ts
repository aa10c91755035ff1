import { expect, test } from "vitest";
import { verifyBooks } from "../../../functions/jobs/verify-books.ts";
import { aTimeWorld, type Json, type TimeWorld } from "./world.ts";

const years = Array.from({ length: 10 }, (_, index) => 2028 + index);

/** The last days of these months (0 is January), as JavaScript's own calendar counts them. */
const monthEnds = (months: readonly number[]): string[] =>
  years.flatMap((year) =>
    months.map((month) => new Date(Date.UTC(year, month + 1, 0)).toISOString().slice(0, 10)),
  );

async function allMade(world: TimeWorld, id: string): Promise<Json[]> {
  const docs: Json[] = [];
  for (let page = 1; ; page += 1) {
    const path = `/v1/recurring-invoices/${id}/invoices?limit=100&page=${page}`;
    const answer = await world.get(path);
    docs.unshift(...answer.docs.reverse());
    if (docs.length >= answer.total) return docs;
  }
}

const paidOn = (days: readonly string[]) =>
  days.map((date) => ({ date, status: "Paid", balance: 0 }));

/**
 * Money comes every half-year and with a yearly retainer, two schedules draw it down on the last day of a
 * month; the card runs out on the way and is replaced.
 */
test("ten years of one agency end on the cent", async () => {
  const world = await aTimeWorld({ now: "2028-01-10T12:00:00.000Z", timeZone: "America/New_York" });
  const customer = await world.withMethod();
  const priced = (price: number, over: object) =>
    world.recurring(customer, {
      template: { customer, items: [{ name: "{month}", quantity: 1, price }] },
      ...{ startOn: "2028-01-31", autoSend: false, ...over },
    });
  const prepaid = { amount: 3000, frequency: "sixMonths", startOn: "2028-01-15", cycles: 20 };
  await world.prepayment(customer, prepaid);
  const quarterly = await priced(1440, { frequency: "threeMonths", cycles: 40 });
  const halfYearly = await priced(600, { frequency: "sixMonths", cycles: 20 });
  const retainer = await world.recurring(customer, {
    template: { customer, isRetainer: true, items: [{ name: "Year", quantity: 1, price: 1200 }] },
    ...{ frequency: "yearly", startOn: "2028-01-20", cycles: 10 },
    ...{ autoBill: "always", autoBillOn: "issue", autoSend: false },
  });
  await world.pass("2034-11-20T00:00:00.000Z");
  await world.attach(customer, "pm_card_mastercard");
  await world.pass("2038-02-01T00:00:00.000Z");

  expect(await allMade(world, quarterly.id)).toMatchObject(paidOn(monthEnds([0, 3, 6, 9])));
  expect(await allMade(world, halfYearly.id)).toMatchObject(paidOn(monthEnds([0, 6])));
  const yearly = years.map((year) => `${year}-01-20`);
  expect(await allMade(world, retainer.id)).toMatchObject(paidOn(yearly));
  // 20 x 3,000 and 10 x 1,200 came; 40 x 1,440 and 20 x 600 were drawn.
  expect((await world.get(`/v1/customers/${customer}/balance`)).balances).toEqual([
    { currency: "USD", outstanding: 0, unapplied: 2400, credit: 0 },
  ]);
  expect(await verifyBooks(world.tenant)).toMatchObject({ customers: 1, difference: undefined });
  await world.expectPromisesKept(customer);
  expect(world.shell.errors).toEqual([]);
}, 240_000);
