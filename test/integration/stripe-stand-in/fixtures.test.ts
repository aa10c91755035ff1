import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agency, goodCard, type Harness, paymentSession, startHarness, submit } from "./harness.ts";

/** Stripe's own example objects. They are not part of the project: where they lie beside it, they bind. */
const place = fileURLToPath(
  new URL("../../../../shared/data/stripe-fixtures3.json", import.meta.url),
);
const isThere = existsSync(place);
const examples: Record<string, object> = isThere
  ? JSON.parse(readFileSync(place, "utf8")).resources
  : {};
if (!isThere) console.log("skipped: Stripe's example objects are not beside the project");

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Free to have any keys of the user's own. */
const isOpen = new Set(["metadata", "data"]);

/** The paths of the example's fields that an object of the stand-in lacks. */
function missingIn(example: unknown, object: unknown, path = ""): string[] {
  if (!isObject(example) || !isObject(object)) return [];
  return Object.entries(example).flatMap(([name, value]) => {
    const at = path ? `${path}.${name}` : name;
    if (!(name in object)) return [at];
    return isOpen.has(name) ? [] : missingIn(value, object[name], at);
  });
}

describe.runIf(isThere)("the stand-in's objects carry every field of Stripe's examples", () => {
  let harness: Harness;
  const made = new Map<string, unknown>();

  beforeAll(async () => {
    harness = await startHarness();
    const { stripe, standIn, received } = harness;
    const customer = await stripe.customers.create({ email: "ann@acme.test" });
    const session = await paymentSession(stripe, { customer: customer.id });
    await submit(session.url ?? "", goodCard);
    const paid = await stripe.checkout.sessions.retrieve(session.id);
    const intent = await stripe.paymentIntents.retrieve(String(paid.payment_intent), {
      expand: ["latest_charge"],
    });
    const charge = intent.latest_charge as { id: string; balance_transaction: string };
    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 100 });
    const setup = await stripe.setupIntents.create({ customer: customer.id });
    standIn.control.dispute({ paymentIntent: intent.id });
    await standIn.settle();
    const { data: disputes } = await stripe.disputes.list({ payment_intent: intent.id });
    const method = await stripe.paymentMethods.retrieve(String(intent.payment_method));
    const link = await stripe.accountLinks.create(
      {
        account: agency,
        type: "account_onboarding",
        refresh_url: "https://a.test",
        return_url: "https://a.test",
      },
      { stripeAccount: undefined as unknown as string },
    );
    const all: Record<string, unknown> = {
      account: await stripe.accounts.retrieve(agency, {}, {}),
      account_link: link,
      balance_transaction: await stripe.balanceTransactions.retrieve(charge.balance_transaction),
      charge: await stripe.charges.retrieve(charge.id),
      "checkout.session": paid,
      customer,
      dispute: disputes[0],
      event: received[0],
      payment_intent: await stripe.paymentIntents.retrieve(intent.id),
      payment_method: method,
      refund,
      setup_intent: setup,
    };
    for (const [kind, object] of Object.entries(all)) made.set(kind, object);
  });
  afterAll(() => harness.close());

  test.each([
    ...["account", "account_link", "balance_transaction", "charge", "checkout.session", "customer"],
    ...["dispute", "event", "payment_intent", "payment_method", "refund", "setup_intent"],
  ])("%s", (kind) => {
    expect(made.get(kind)).toBeTypeOf("object");
    expect(missingIn(examples[kind], made.get(kind))).toEqual([]);
  });
});

test("a field that is missing would be found", () => {
  expect(missingIn({ a: 1, b: { c: 2 } }, { a: 1, b: {} })).toEqual(["b.c"]);
});
