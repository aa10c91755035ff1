import type { DeclineName } from "./declines.ts";

export type Outcome =
  | { is: "succeeds" }
  | { is: "declines"; why: DeclineName }
  | { is: "asks"; when: "always" | "on-session" }
  | { is: "debits"; why: DeclineName | null };

export interface TestMethod {
  /** Stripe's own name, without `pm_card_` or `pm_`. */
  name: string;
  number: string;
  type: "card" | "us_bank_account";
  brand: string;
  funding: "credit" | "debit" | "prepaid";
  outcome: Outcome;
  /** Whether saving it on a customer is declined as a charge would be. */
  attaches: boolean;
  afterwards?: "dispute" | "inquiry" | "refund-fails" | "refund-pends";
  /** Listed on the hosted page. */
  shown?: string;
}

const card = (name: string, number: string, more: Partial<TestMethod> = {}): TestMethod => ({
  name,
  number,
  type: "card",
  brand: "visa",
  funding: "credit",
  outcome: { is: "succeeds" },
  attaches: true,
  ...more,
});

const declining = (name: string, number: string, why: DeclineName, shown?: string): TestMethod =>
  card(name, number, {
    outcome: { is: "declines", why },
    attaches: false,
    ...(shown === undefined ? {} : { shown }),
  });

const bank = (name: string, number: string, why: DeclineName | null, shown?: string): TestMethod =>
  card(name, number, {
    type: "us_bank_account",
    brand: "bank",
    funding: "debit",
    outcome: { is: "debits", why },
    ...(shown === undefined ? {} : { shown }),
  });

/** https://docs.stripe.com/testing: numbers for the hosted page, names for the API. */
export const testMethods: TestMethod[] = [
  card("visa", "4242424242424242", { shown: "Succeeds" }),
  card("visa_debit", "4000056655665556", { funding: "debit" }),
  card("mastercard", "5555555555554444", { brand: "mastercard" }),
  card("mastercard_debit", "5200828282828210", { brand: "mastercard", funding: "debit" }),
  card("mastercard_prepaid", "5105105105105100", { brand: "mastercard", funding: "prepaid" }),
  card("amex", "378282246310005", { brand: "amex" }),
  card("discover", "6011111111111117", { brand: "discover" }),
  card("diners", "3056930009020004", { brand: "diners" }),
  card("jcb", "3566002020360505", { brand: "jcb" }),
  card("unionpay", "6200000000000005", { brand: "unionpay" }),
  declining("chargeDeclined", "4000000000000002", "generic", "Is declined"),
  declining(
    "chargeDeclinedInsufficientFunds",
    "4000000000009995",
    "insufficientFunds",
    "Has insufficient funds",
  ),
  declining("chargeDeclinedLostCard", "4000000000009987", "lostCard", "Was reported lost"),
  declining("chargeDeclinedStolenCard", "4000000000009979", "stolenCard"),
  declining("chargeDeclinedExpiredCard", "4000000000000069", "expiredCard"),
  declining("chargeDeclinedIncorrectCvc", "4000000000000127", "incorrectCvc"),
  declining("chargeDeclinedProcessingError", "4000000000000119", "processingError"),
  declining("chargeDeclinedVelocityLimitExceeded", "4000000000006975", "velocity"),
  declining("chargeDeclinedFraudulent", "4100000000000019", "fraudulent"),
  card("authenticationRequiredOnSetup", "4000002500003155", {
    outcome: { is: "asks", when: "always" },
    shown: "Asks for authentication",
  }),
  card("authenticationRequired", "4000002760003184", { outcome: { is: "asks", when: "always" } }),
  card("authenticationRequiredSetupForOffSession", "4000003800000446", {
    outcome: { is: "asks", when: "on-session" },
  }),
  card("chargeCustomerFail", "4000000000000341", {
    outcome: { is: "declines", why: "generic" },
    shown: "Is saved, but fails when charged",
  }),
  card("createDispute", "4000000000000259", { afterwards: "dispute" }),
  card("createDisputeInquiry", "4000000000001976", { afterwards: "inquiry" }),
  card("refundFail", "4000000000005126", { afterwards: "refund-fails" }),
  card("pendingRefund", "4000000000007726", { afterwards: "refund-pends" }),
  bank("usBankAccount_success", "000123456789", null, "Bank debit, succeeds after 3 days"),
  bank("usBankAccount_noAccount", "000111111116", "noAccount", "Bank debit, fails after 3 days"),
  bank("usBankAccount_accountClosed", "000111111113", "accountClosed"),
  bank("usBankAccount_insufficientFunds", "000222222227", "bankInsufficientFunds"),
  bank("usBankAccount_debitNotAuthorized", "000333333335", "debitNotAuthorized"),
];

const byNumber = new Map(testMethods.map((method) => [method.number, method]));

export function testMethodByNumber(number: string): TestMethod | undefined {
  return byNumber.get(number);
}

/** `pm_card_visa`, `pm_usBankAccount_success`; older names say `visa_chargeDeclined`. */
export function testMethodByName(id: string): TestMethod | undefined {
  const name = id.replace(/^pm_(card_)?/, "").replace(/^visa_(?=[a-z]+[A-Z])/, "");
  return testMethods.find((method) => method.name === name) ?? byNumber.get(name);
}

/** The check digit of a card number, so that a mistyped number is told from a declined card. */
export function passesLuhn(number: string): boolean {
  const digits = [...number].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const doubled = digit * 2;
    return total + (index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
