import { describe, expect, it, test } from "vitest";
import {
  aheadOf,
  type IntentStart,
  newIntent,
  stillFits,
} from "../../../../domain/payments/intent.ts";
import { aCustomerId, anId, anInvoice, now } from "../../../support/builders.ts";

const anOpenInvoice = (over: Parameters<typeof anInvoice>[0] = {}) =>
  anInvoice({ status: "Unpaid", number: "INV-0001", ...over });

const aStart = (over: Partial<IntentStart> = {}): IntentStart => ({
  id: anId("payment"),
  customer: aCustomerId,
  account: "acct_1",
  invoices: [anOpenInvoice()],
  amount: null,
  currency: "USD",
  purpose: "checkout",
  save: false,
  mayOverpay: false,
  returns: null,
  method: null,
  notes: null,
  prepayment: null,
  ...over,
});

function made(over: Partial<IntentStart>) {
  const result = newIntent(aStart(over), now);
  if (!result.ok) throw new Error(result.code);
  return result.intent;
}

describe("a new intent", () => {
  it("asks for all that its documents ask for", () => {
    const paid = anOpenInvoice({ total: 5_000, paid: 2_000, status: "Partial" });
    expect(made({ invoices: [anOpenInvoice(), paid] })).toMatchObject({
      amount: 13_000,
      for: [
        { amount: 10_000, balance: 10_000 },
        { amount: 3_000, balance: 3_000 },
      ],
    });
  });

  it("pays the first documents first with a smaller amount", () => {
    const invoices = [anOpenInvoice(), anOpenInvoice({ total: 5_000 })];
    expect(made({ invoices, amount: 12_000 }).for).toMatchObject([
      { amount: 10_000 },
      { amount: 2_000, balance: 5_000 },
    ]);
    expect(made({ invoices, amount: 4_000 }).for).toHaveLength(1);
  });

  it("keeps what is over the balance ahead, where that is allowed", () => {
    const intent = made({ amount: 12_500, mayOverpay: true });
    expect(intent.for).toMatchObject([{ amount: 10_000 }]);
    expect(aheadOf(intent)).toBe(2_500);
  });

  it("may be for no document at all", () => {
    const intent = made({ invoices: [], amount: 50_000, purpose: "prepayment" });
    expect(intent).toMatchObject({ for: [], amount: 50_000 });
    expect(aheadOf(intent)).toBe(50_000);
    expect(made({ invoices: [], purpose: "setup" })).toMatchObject({ amount: 0 });
  });
});

test.each([
  ["a draft", { invoices: [anInvoice()] }, "invoice.not-open"],
  ["a paid one", { invoices: [anOpenInvoice({ status: "Paid" })] }, "invoice.not-open"],
  [
    "one that waits for a debit",
    { invoices: [anOpenInvoice({ status: "Pending" })] },
    "invoice.not-open",
  ],
  ["more than the balance", { amount: 10_001 }, "invoice.over-applied"],
  ["less than Stripe charges", { amount: 49 }, "payment.amount-not-chargeable"],
  ["another customer's", { customer: anId("customer") }, "customer.mismatch"],
  ["another currency's", { currency: "EUR" as const }, "currency.mismatch"],
  [
    "a retainer among invoices",
    { invoices: [anOpenInvoice(), anOpenInvoice({ isRetainer: true })] },
    "payment.mixed",
  ],
] satisfies [string, Partial<IntentStart>, string][])("refuses %s", (_name, over, code) => {
  expect(newIntent(aStart(over), now)).toMatchObject({ ok: false, code });
});

describe("an open page", () => {
  const invoice = anOpenInvoice();
  const intent = made({ invoices: [invoice], amount: 4_000 });

  it("fits while its document asks for what it did", () => {
    expect(stillFits(intent, [invoice])).toBe(true);
  });

  it.each([
    ["is paid in part", { ...invoice, paid: 1, status: "Partial" as const }],
    ["waits for a debit", { ...invoice, status: "Pending" as const }],
    ["is canceled", { ...invoice, status: "Canceled" as const }],
    ["costs more", { ...invoice, total: 10_001 }],
  ])("is outdated when its document %s", (_name, changed) => {
    expect(stillFits(intent, [changed])).toBe(false);
  });

  it("is outdated when its document is gone", () => {
    expect(stillFits(intent, [])).toBe(false);
  });
});
