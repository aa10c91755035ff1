import { StripeFailure } from "../kit/failure.ts";
import type { TypedDetails } from "../objects/payment-method.ts";
import { passesLuhn, type TestMethod, testMethodByNumber } from "./test-methods.ts";

/** What somebody typed on a hosted page. */
export interface Typed {
  number: string;
  exp: string;
  cvc: string;
  name: string;
  email: string;
  save: boolean;
}

const cardError = (code: string, message: string, more: object = {}) =>
  new StripeFailure(402, { type: "card_error", code, message, ...more });

/** Finds the test method behind a number; mistyped ones are told from unknown ones. */
export function readTyped(typed: Typed, now: string): { test: TestMethod; details: TypedDetails } {
  const number = typed.number.replace(/[\s-]/g, "");
  const test = testMethodByNumber(number);
  const who = { name: typed.name.trim() || null, email: typed.email.trim() || null };
  if (test?.type === "us_bank_account") {
    return { test, details: { expMonth: 0, expYear: 0, ...who } };
  }
  if (number === "") throw cardError("incomplete_number", "Enter your card number.");
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number)) {
    throw cardError("incorrect_number", "Your card number is invalid.");
  }
  if (test === undefined) {
    const message =
      "Your card was declined. This is a test page: use one of the test cards listed below.";
    throw cardError("card_declined", message, { decline_code: "test_mode_live_card" });
  }
  const expiry = readExpiry(typed.exp, now);
  if (!/^\d{3,4}$/.test(typed.cvc.trim())) {
    throw cardError("invalid_cvc", "Your card's security code is incomplete.");
  }
  return { test, details: { ...expiry, ...who } };
}

/** `12/34`, `12 / 2034` and `1234` are all understood. */
function readExpiry(exp: string, now: string): { expMonth: number; expYear: number } {
  const match = /^\s*(\d{1,2})\s*[/\- ]?\s*(\d{4}|\d{2})\s*$/.exec(exp);
  if (match === null) {
    throw cardError("invalid_expiry_month", "Your card's expiration date is incomplete.");
  }
  const expMonth = Number(match[1]);
  const year = Number(match[2]);
  const expYear = year < 100 ? 2000 + year : year;
  if (expMonth < 1 || expMonth > 12) {
    throw cardError("invalid_expiry_month", "Your card's expiration month is invalid.");
  }
  const lastMonth = `${expYear}-${String(expMonth).padStart(2, "0")}`;
  if (lastMonth < now.slice(0, 7)) {
    throw cardError("invalid_expiry_year", "Your card's expiration date is in the past.");
  }
  return { expMonth, expYear };
}
