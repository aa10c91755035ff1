import { expect, test } from "vitest";
import { methodWords } from "../../../../domain/payments/method-words.ts";

test.each([
  ["card", "visa", "4242", "Card", "visa ending in 4242"],
  ["link", null, null, "Card", null],
  ["us_bank_account", "STRIPE TEST BANK", "6789", "BankDebit", "STRIPE TEST BANK ending in 6789"],
  ["sepa_debit", null, "3000", "BankDebit", "ending in 3000"],
  ["bacs_debit", null, null, "BankDebit", null],
  ["klarna", null, null, "Other", null],
])("%s of %s, %s is a %s: %s", (type, brand, last4, kind, detail) => {
  expect(methodWords({ type, brand, last4 })).toEqual({ kind, detail });
});
