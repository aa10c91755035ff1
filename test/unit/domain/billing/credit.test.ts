import { expect, test } from "vitest";
import { creditStatusFromAmounts, isUsable } from "../../../../domain/billing/credit.ts";
import { aCredit, today } from "../../../support/builders.ts";

test.each([
  ["Issued", null, true],
  ["PartiallyApplied", null, true],
  ["Issued", today, true],
  ["Issued", "2026-11-23", false],
  ["Draft", null, false],
  ["Applied", null, false],
  ["Void", null, false],
] as const)("a credit that is %s until %s may be used: %s", (status, expiresOn, usable) => {
  expect(isUsable(aCredit({ status, expiresOn }), today)).toBe(usable);
});

test.each([
  [0, 5_000, "Issued"],
  [1, 4_999, "PartiallyApplied"],
  [5_000, 0, "Applied"],
])("with %i applied and %i left it is %s", (applied, balance, status) => {
  expect(creditStatusFromAmounts(aCredit({ applied, balance }))).toBe(status);
});
