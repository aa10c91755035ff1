import { expect, test } from "vitest";
import { declineKind } from "../../../../domain/payments/decline.ts";

test.each([
  ["generic_decline", "soft"],
  ["insufficient_funds", "soft"],
  ["processing_error", "soft"],
  ["lost_card", "hard"],
  ["expired_card", "hard"],
  ["no_account", "hard"],
  ["resource_missing", "hard"],
  ["authentication_required", "authentication"],
] as const)("%s is a %s decline", (failure, kind) => {
  expect(declineKind(failure)).toBe(kind);
});
