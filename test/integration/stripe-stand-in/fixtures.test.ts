import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gapsIn } from "./gaps.ts";
import {
  agency,
  cardOf,
  day,
  failureOf,
  goodCard,
  type Harness,
  paymentSession,
  startHarness,
  submit,
} from "./harness.ts";

/** Stripe's own example objects. They are not part of the project: where they lie beside it, they bind. */
const place = fileURLToPath(
  new URL("../../../../shared/data/stripe-fixtures3.json", import.meta.url),
);
const isThere = existsSync(place);
const examples: Record<string, object> = isThere
  ? JSON.parse(readFileSync(place, "utf8")).resources
  : {};
if (!isThere) console.log("skipped: Stripe's example objects are not beside the project");

/** Where Stripe's features end that Drawdown asks for: always null, and an example shows more. */
const unused: Readonly<Record<string, readonly string[]>> = {
  charge: [
    ...["payment_method_details.card.installments", "payment_method_details.card.wallet"],
    ...["source", "transfer_data"],
  ],
  "checkout.session": [
    ...["after_expiration", "automatic_tax.liability", "collected_information.shipping_details"],
    ...["consent", "consent_collection", "currency_conversion", "custom_text.after_submit"],
    ...["custom_text.shipping_address", "custom_text.submit"],
    ...["custom_text.terms_of_service_acceptance", "invoice_creation", "managed_payments"],
    ...["payment_method_configuration_details", "permissions", "shipping_address_collection"],
    "shipping_cost",
  ],
  customer: ["discount", "invoice_settings.rendering_options"],
  payment_intent: ["managed_payments", "payment_method_configuration_details", "transfer_data"],
  payment_method: ["card.generated_from", "card.wallet"],
  setup_intent: ["payment_method_configuration_details"],
};

const address = {
  ...{ line1: "1 Main Street", city: "Springfield" },
  ...{ postal_code: "12345", state: "IL", country: "US" },
} as const;

/** Every way in which an object comes to be, so that what is null in one has an inside in another. */
async function history({ stripe, standIn, clock }: Harness) {
  const { id: customer } = await stripe.customers.create({ email: "ann@acme.test", address });
  const saved = { setup_future_usage: "off_session", metadata: { intent: "pay_1" } } as const;
  const pages = { success_url: "https://a.test", cancel_url: "https://a.test" };
  const sessions: Stripe.Checkout.Session[] = [];
  const see = async (session: Stripe.Checkout.Session) => {
    for (const expand of [[], ["payment_intent.latest_charge", "setup_intent", "customer"]]) {
      sessions.push(await stripe.checkout.sessions.retrieve(session.id, { expand }));
    }
  };
  const paying = async (answers: readonly Record<string, string>[], over: object = {}) => {
    const session = await paymentSession(stripe, over);
    for (const answer of answers) {
      await submit(session.url ?? "", answer);
      await see(session);
    }
  };
  await paying([cardOf("4000000000000002")]);
  await paying([cardOf("4000002500003155"), { authentication: "complete" }]);
  await paying([{ number: "000123456789", name: "Ann" }]);
  await paying([cardOf("4000002500003155")]);
  await paying([goodCard], { customer, payment_intent_data: saved });
  await paying([goodCard], {
    customer,
    saved_payment_method_options: { payment_method_save: "enabled" },
  });
  const setup = { mode: "setup", customer, currency: "usd", ...pages } as const;
  const saving = await stripe.checkout.sessions.create(setup);
  await submit(saving.url ?? "", cardOf("4000002500003155"));
  await see(saving);
  const off = { customer, automatic_payment_methods: { enabled: true } } as const;
  await stripe.setupIntents.create(off);
  const named = { ...off, payment_method: "pm_card_chargeDeclined", confirm: true } as const;
  await failureOf(stripe.setupIntents.create({ ...named, return_url: "https://a.test" }));
  standIn.control.nextCharge("delay");
  const charged = { ...named, amount: 500, currency: "usd", payment_method: "pm_card_visa" };
  await stripe.paymentIntents.create({ ...charged, return_url: "https://a.test" });
  const before = await listed(stripe);
  clock.advance(4 * day);
  await standIn.settle();
  const after = await listed(stripe);
  const both = [before, after];
  return {
    customer,
    sessions,
    intents: both.flatMap(({ intents }) => intents),
    setups: both.flatMap(({ setups }) => setups),
    charges: both.flatMap(({ charges }) => charges),
  };
}

const listed = async (stripe: Stripe) => ({
  intents: (await stripe.paymentIntents.list({ limit: 100 })).data,
  setups: (await stripe.setupIntents.list({ limit: 100 })).data,
  charges: (await stripe.charges.list({ limit: 100 })).data,
});

/** Stripe's own side takes money back, once by refund and once by dispute. */
async function takenBack({ stripe, standIn }: Harness, customer: string) {
  const { data } = await stripe.paymentIntents.list({ customer });
  const intent = data.find((one) => one.status === "succeeded")?.id ?? "";
  const refund = await stripe.refunds.create({ payment_intent: intent, amount: 100 });
  standIn.control.dispute({ paymentIntent: intent });
  await standIn.settle();
  return { refund, disputes: (await stripe.disputes.list({ payment_intent: intent })).data };
}

async function everyKind(harness: Harness): Promise<Record<string, readonly unknown[]>> {
  const { stripe, received } = harness;
  const { customer, sessions, intents, setups, charges } = await history(harness);
  const { refund, disputes } = await takenBack(harness, customer);
  const asked = {
    ...{ account: agency, type: "account_onboarding" as const },
    ...{ refresh_url: "https://a.test", return_url: "https://a.test" },
  };
  const bare = { stripeAccount: undefined as unknown as string };
  const ids = intents.flatMap(({ payment_method: id }) => (typeof id === "string" ? id : []));
  return {
    account: [await stripe.accounts.retrieve(agency, {}, {})],
    account_link: [await stripe.accountLinks.create(asked, bare)],
    balance_transaction: (await stripe.balanceTransactions.list({ limit: 100 })).data,
    charge: [...charges, ...(await listed(stripe)).charges],
    "checkout.session": sessions,
    customer: (await stripe.customers.list()).data,
    dispute: disputes,
    event: received,
    payment_intent: intents,
    payment_method: await Promise.all(ids.map((id) => stripe.paymentMethods.retrieve(id))),
    refund: [refund],
    setup_intent: setups,
  };
}

describe.runIf(isThere)("the stand-in's objects carry every field of Stripe's examples", () => {
  let harness: Harness;
  let made: Readonly<Record<string, readonly unknown[]>> = {};
  beforeAll(async () => {
    harness = await startHarness();
    made = await everyKind(harness);
  });
  afterAll(() => harness.close());

  test.each([
    ...["account", "account_link", "balance_transaction", "charge", "checkout.session", "customer"],
    ...["dispute", "event", "payment_intent", "payment_method", "refund", "setup_intent"],
  ])("%s", (kind) => {
    const objects = made[kind] ?? [];
    expect(objects.length).toBeGreaterThan(0);
    const gaps = gapsIn(examples, kind, objects);
    expect(gaps).toEqual({ missing: [], empty: unused[kind] ?? [] });
  });
});

describe("a gap would be found", () => {
  const gaps = (example: object, objects: readonly unknown[]) =>
    gapsIn({ thing: example, part: { object: "part", id: "p", size: 1 } }, "thing", objects);

  test.each([
    ["a field", { a: 1, b: 2 }, [{ a: 1 }], ["b"]],
    ["one within", { a: { b: 1, c: 2 } }, [{ a: { b: 1 } }], ["a.c"]],
    ["one that only some have", { a: { b: 1 } }, [{ a: { b: 1 } }, { a: {} }], ["a.b"]],
    ["one in a list", { a: [{ b: 1 }] }, [{ a: [{ b: 1 }, {}] }], ["a[].b"]],
    ["one in a list's rows", { data: [{ b: 1 }] }, [{ data: [{}] }], ["data[].b"]],
    ["one of what stands for an id", { a: "p" }, [{ a: { object: "part", id: "p" } }], ["a.size"]],
    ["one of what stands for null", { a: null }, [{ a: { object: "part", id: "p" } }], ["a.size"]],
    ["one in an unshown list", { a: [] }, [{ a: [{ object: "part", id: "p" }] }], ["a.size"]],
    ["a type's own", { type: "a", a: { b: 1 } }, [{ type: "a" }], ["a"]],
  ])("%s", (_, example, objects, missing) => {
    expect(gaps(example, objects)).toEqual({ missing, empty: [] });
  });

  test("an inside that nobody has", () => {
    expect(gaps({ a: { b: 1 } }, [{ a: null }])).toEqual({ missing: [], empty: ["a"] });
    expect(gaps({ a: [{ b: 1 }] }, [{ a: [] }])).toEqual({ missing: [], empty: ["a[]"] });
  });

  test("and nothing where there is none", () => {
    const example = { a: { b: 1 }, c: [{ d: 1 }], type: "e", e: { f: 1 } };
    const objects = [
      { a: { b: null }, c: [], type: "other" },
      { a: null, c: [{ d: 1 }], type: "e", e: { f: 2 } },
    ];
    expect(gaps(example, objects)).toEqual({ missing: [], empty: [] });
  });
});
