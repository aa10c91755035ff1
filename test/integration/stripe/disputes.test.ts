import fc from "fast-check";
import { expect, test } from "vitest";
import { loadBooks } from "../../../domain/payments/ledger.store.ts";
import { saveStripeEvent } from "../../../domain/payments/stripe-event.store.ts";
import { type StripeEvent, stripeEventSchema } from "../../../domain/payments/stripe-objects.ts";
import { commit } from "../../../functions/kit/commit.ts";
import { handleStripeEvent } from "../../../functions/webhooks/stripe/handle.ts";
import { aStripeWorld, type Json, type StripeWorld } from "./world.ts";

/** A retainer of 5,000, of which 3,000 and then 1,500 are drawn. */
async function aDrawnRetainer(world: StripeWorld) {
  const customer = await world.customer();
  const retainer = await world.document({ customer, amount: 5000, isRetainer: true });
  await world.pay(await world.checkout(retainer.id));
  await world.settle();
  const [payment] = await world.paymentsOf(customer);
  const invoices: Json[] = [];
  for (const amount of [3000, 1500]) {
    world.shell.clock.advance("PT1M");
    const invoice = await world.document({ customer, amount });
    const path = `/v1/payments/${payment.id}/apply`;
    await world.call("POST", path, { invoices: [{ invoice: invoice.id }] });
    invoices.push(invoice);
  }
  await world.settle();
  return { customer, retainer, payment, invoices };
}

type Drawn = Awaited<ReturnType<typeof aDrawnRetainer>>;

const moneyOf = async (world: StripeWorld, { payment }: Drawn) => {
  const { status, applied, refunded, unapplied } = await world.get(`/v1/payments/${payment.id}`);
  return { status, applied, refunded, unapplied };
};

test("while disputed nothing of the payment can be moved; won, all is as before", async () => {
  const world = await aStripeWorld();
  const drawn = await aDrawnRetainer(world);
  const { paymentIntent } = drawn.payment.stripe;
  world.standIn.control.dispute({ paymentIntent });
  await world.settle({ copies: 2, shuffled: true });
  expect(await moneyOf(world, drawn)).toMatchObject({ status: "Disputed", unapplied: 500 });
  const path = `/v1/payments/${drawn.payment.id}`;
  for (const [action, body] of [
    ["refund", { amount: 1 }],
    ["apply", { invoices: [{ invoice: drawn.invoices[0].id }] }],
  ] as const) {
    expect(await world.call("POST", `${path}/${action}`, body)).toMatchObject({
      status: 409,
      body: { code: "payment.not-available" },
    });
  }
  await world.expectPromisesKept(drawn.customer);
  world.standIn.control.dispute({ paymentIntent, outcome: "won" });
  await world.settle({ copies: 2, shuffled: true });
  expect(await moneyOf(world, drawn)).toEqual({
    ...{ status: "Succeeded", applied: 4500, refunded: 0, unapplied: 500 },
  });
  await world.expectPromisesKept(drawn.customer);
});

test("a lost dispute takes its amount out of the newest applications, by the shortfall only", async () => {
  const world = await aStripeWorld();
  const drawn = await aDrawnRetainer(world);
  const { paymentIntent } = drawn.payment.stripe;
  world.standIn.control.dispute({ paymentIntent, amount: 100_000, outcome: "lost" });
  await world.settle({ copies: 2, shuffled: true });
  expect(await moneyOf(world, drawn)).toEqual({
    ...{ status: "PartiallyRefunded", applied: 4000, refunded: 1000, unapplied: 0 },
  });
  const [older, newer] = drawn.invoices;
  expect(await world.get(`/v1/invoices/${older.id}`)).toMatchObject({ status: "Paid" });
  expect(await world.get(`/v1/invoices/${newer.id}`)).toMatchObject({
    status: "Partial",
    balance: 500,
  });
  await world.expectPromisesKept(drawn.customer);
});

test("an inquiry moves no money", async () => {
  const world = await aStripeWorld();
  const drawn = await aDrawnRetainer(world);
  const { paymentIntent } = drawn.payment.stripe;
  world.standIn.control.dispute({ paymentIntent, inquiry: true });
  await world.settle();
  expect(await moneyOf(world, drawn)).toMatchObject({ status: "Disputed", refunded: 0 });
  world.standIn.control.dispute({ paymentIntent, outcome: "lost" });
  await world.settle();
  expect(await moneyOf(world, drawn)).toMatchObject({ status: "Succeeded", refunded: 0 });
  const postings = (await world.journalOf(drawn.customer))
    .filter(({ type }) => type === "payment.disputed")
    .flatMap((record) => record.postings);
  expect(postings).toEqual([]);
  await world.expectPromisesKept(drawn.customer);
});

/** The events of one dispute as Stripe made them, none of them delivered. */
async function disputeEvents(
  world: StripeWorld,
  drawn: Drawn,
  course: { readonly outcome: "won" | "lost"; readonly inquiry: boolean },
): Promise<StripeEvent[]> {
  const { paymentIntent } = drawn.payment.stripe;
  const { outcome, inquiry } = course;
  world.standIn.control.webhooks({ dropRate: 1 });
  world.standIn.control.dispute({ paymentIntent, amount: 200_000, inquiry });
  world.standIn.control.dispute({ paymentIntent, outcome });
  const stripe = await world.shell.deps.stripe();
  const listed = await stripe.listEvents(world.account, "2027-02-01T00:00:00.000Z");
  return listed
    .filter(({ type }) => type.startsWith("charge.dispute."))
    .map(({ payload }) => stripeEventSchema.parse(JSON.parse(payload)));
}

/** What the books say in the end, whatever happened on the way. */
async function endOf(world: StripeWorld, drawn: Drawn) {
  const { customer, payment, invoices, retainer } = drawn;
  const books = await loadBooks(world.tenant, {
    customer: customer as never,
    payments: [payment.id],
    invoices: [retainer.id, ...invoices.map(({ id }) => id)],
  });
  const sums = new Map<string, number>();
  for (const { postings } of await world.journalOf(customer)) {
    for (const { account, amount } of postings) {
      sums.set(account, (sums.get(account) ?? 0) + amount);
    }
  }
  return {
    payments: books.payments.map(({ status, applied, refunded, unapplied, disputes }) => ({
      ...{ status, applied, refunded, unapplied },
      disputes: disputes.map(({ id: _id, ...dispute }) => dispute),
    })),
    invoices: books.invoices.map(({ status, paid, drawdown }) => ({ status, paid, drawdown })),
    balances: books.account.balances,
    sums: Object.fromEntries([...sums].filter(([, sum]) => sum !== 0).sort()),
  };
}

test.each([
  ["won", { outcome: "won", inquiry: false }],
  ["lost", { outcome: "lost", inquiry: false }],
  ["only asked for", { outcome: "lost", inquiry: true }],
] as const)(
  "a dispute that is %s ends the same in every order of its events, and with duplicates",
  async (_name, course) => {
    const expected = await ended(course, (events) => events);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (draws) => {
        const drawOf = () => Number(draws.next().value);
        const end = await ended(course, (events) =>
          shuffled([...events, ...some(events, drawOf)], drawOf),
        );
        expect(end).toEqual(expected);
      }),
      { numRuns: 2 },
    );
  },
);

const some = <T>(all: readonly T[], drawOf: () => number): T[] =>
  all.filter(() => drawOf() % 2 === 0);

const shuffled = <T>(all: readonly T[], drawOf: () => number): T[] =>
  all
    .map((one) => ({ one, place: drawOf() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);

async function ended(
  course: { readonly outcome: "won" | "lost"; readonly inquiry: boolean },
  inOrder: (events: StripeEvent[]) => StripeEvent[],
) {
  const world = await aStripeWorld();
  const drawn = await aDrawnRetainer(world);
  const events = await disputeEvents(world, drawn, course);
  expect(events.length).toBeGreaterThan(1);
  for (const event of inOrder(events)) {
    await handleStripeEvent(world.shell.deps, event);
    await world.expectPromisesKept(drawn.customer);
  }
  return endOf(world, drawn);
}

test("disputes of a payment whose own events were lost book the payment first", async () => {
  const world = await aStripeWorld();
  const customer = await world.customer();
  const invoice = await world.document({ customer, amount: 700 });
  const url = await world.checkout(invoice.id);
  world.standIn.control.webhooks({ dropRate: 1 });
  await world.pay(url, "4000000000000259");
  const stripe = await world.shell.deps.stripe();
  const listed = await stripe.listEvents(world.account, "2027-02-01T00:00:00.000Z");
  const opened = listed.find(({ type }) => type === "charge.dispute.funds_withdrawn");
  const event = stripeEventSchema.parse(JSON.parse(opened?.payload ?? "{}"));
  const { platform } = world.shell.deps;
  await commit(platform, [saveStripeEvent(platform, event, world.shell.clock.now())]);
  await world.settle();
  expect(await world.paymentsOf(customer)).toMatchObject([{ status: "Disputed", applied: 700 }]);
  await world.expectPromisesKept(customer);
});
