import { describe, expect, test } from "vitest";
import { type IntentStart, intentPurposes, newIntent } from "../../../../domain/payments/intent.ts";
import { moneyOf } from "../../../../domain/payments/intent-money.ts";
import { aCustomerId, anId, anInvoice, now } from "../../../support/builders.ts";

const facts = {
  ...{ amount: 9_999, method: "Card", reference: "visa ending in 4242", receivedAt: now },
  stripe: null,
};
const invoices = [1, 2].map(() => anInvoice({ status: "Unpaid", total: 5_000 }));

function anIntent(over: Partial<IntentStart> = {}) {
  const made = newIntent(
    {
      ...{ id: anId("payment"), customer: aCustomerId, account: "acct_1", invoices },
      ...{ amount: null, currency: "USD", purpose: "checkout", save: false, mayOverpay: false },
      ...{ returns: null, method: null, notes: "thanks", prepayment: null },
      ...over,
    },
    now,
  );
  if (!made.ok) throw new Error(made.code);
  return made.intent;
}

describe("the money of an intent", () => {
  test("has the intent's id, and is as much as Stripe says, not as much as was asked", () => {
    const intent = anIntent();
    expect(intent.amount).toBe(10_000);
    expect(moneyOf(intent, facts, invoices)).toMatchObject({
      ...{ id: intent.id, customer: aCustomerId, currency: "USD", notes: "thanks" },
      ...facts,
      for: invoices.map(({ id }) => ({ invoice: id, amount: 5_000 })),
      also: [],
    });
  });

  test("pays nothing to a document that is gone", () => {
    const [left] = invoices;
    expect(moneyOf(anIntent(), facts, invoices.slice(0, 1)).for).toMatchObject([
      { invoice: left?.id },
    ]);
    expect(moneyOf(anIntent(), facts, []).for).toEqual([]);
  });

  test("of a pre-payment tells of its cycle", () => {
    const prepayment = anId("prepayment");
    const intent = anIntent({ invoices: [], amount: 700, purpose: "prepayment", prepayment });
    expect(moneyOf(intent, facts, [])).toMatchObject({
      source: "prepayment",
      also: [{ type: "prepayment.charged", subject: prepayment }],
    });
  });

  test("says how it came about, for every purpose", () => {
    const sources = intentPurposes.map((purpose) => [
      purpose,
      moneyOf({ ...anIntent(), purpose }, facts, invoices).source,
    ]);
    expect(Object.fromEntries(sources)).toEqual({
      ...{ checkout: "checkout", charge: "auto", prepayment: "prepayment", setup: "checkout" },
    });
  });
});
