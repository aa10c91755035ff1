import fc from "fast-check";
import { expect, test } from "vitest";
import {
  fromStripeAmount,
  toChargeAmount,
  toStripeAmount,
} from "../../../../domain/payments/stripe-amounts.ts";
import { type Currency, currencyExponents } from "../../../../domain/shared/currencies.ts";

const currencies = Object.keys(currencyExponents) as Currency[];

test.each<[Currency, number, number, string]>([
  ["USD", 4_990, 4_990, "hundredths on both sides"],
  ["JPY", 500, 500, "no minor unit on either side"],
  ["ISK", 5, 500, "none here, hundredths at Stripe"],
  ["UGX", 5, 500, "none here, hundredths at Stripe"],
  ["MGA", 500, 5, "hundredths by ISO, whole at Stripe"],
  ["KWD", 5_120, 5_120, "thousandths, the last one 0"],
])("%s: %i here is %i there (%s)", (currency, ours, theirs, _why) => {
  expect(toStripeAmount(ours, currency)).toEqual({ ok: true, amount: theirs });
  expect(fromStripeAmount(theirs, currency)).toBe(ours);
});

test.each<[Currency, number, string]>([
  ["KWD", 5_124, "the third decimal"],
  ["BHD", 1, "the third decimal"],
  ["MGA", 550, "a part of an ariary"],
  ["CLF", 10_000, "a currency that Stripe doesn't take"],
  ["LYD", 10_000, "a currency that Stripe doesn't take"],
])("refuses %s %i: %s", (currency, amount, _why) => {
  expect(toStripeAmount(amount, currency)).toMatchObject({
    ok: false,
    code: "payment.amount-not-chargeable",
  });
});

test.each([
  ["USD", 49, 50, 99_999_999],
  ["GBP", 29, 30, 99_999_999],
  ["HUF", 17_499, 17_500, 9_999_999_999],
  ["JPY", 49, 50, 9_999_999_999],
  ["ISK", 0, 1, 999_999],
  ["IDR", 0, 1, 999_999_999_999],
] as const)("charges %s from its least amount to its largest", (currency, below, least, most) => {
  expect(toChargeAmount(below, currency).ok).toBe(false);
  expect(toChargeAmount(least, currency).ok).toBe(true);
  expect(toChargeAmount(most, currency).ok).toBe(true);
  expect(toChargeAmount(most + 1, currency).ok).toBe(false);
});

test("what Stripe takes comes back as it went, in every currency", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...currencies),
      fc.integer({ min: 0, max: 99_999_999 }),
      (currency, amount) => {
        const there = toStripeAmount(amount, currency);
        if (there.ok) expect(fromStripeAmount(there.amount, currency)).toBe(amount);
      },
    ),
  );
});

test("a part of a unit that doesn't exist is a bug, not an amount", () => {
  expect(() => fromStripeAmount(550, "ISK")).toThrow(RangeError);
});
