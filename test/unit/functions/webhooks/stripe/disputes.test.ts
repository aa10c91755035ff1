import { expect, test } from "vitest";
import { disputeObject } from "../../../../../domain/payments/stripe-objects.ts";
import { stepsOf } from "../../../../../functions/webhooks/stripe/disputes.ts";

const dispute = (status: string, moved: readonly number[] = []) =>
  disputeObject.parse({
    ...{ id: "dp_1", amount: 100, currency: "usd", payment_intent: "pi_1", status },
    balance_transactions: moved.map((amount) => ({ amount })),
  });

test.each([
  ["created", "needs_response", [], ["opened"]],
  ["created", "warning_needs_response", [], ["opened"]],
  ["created", "lost", [-100], ["lost"]],
  ["updated", "under_review", [-100], ["opened"]],
  ["funds_withdrawn", "needs_response", [-100], ["withdrawn"]],
  ["funds_withdrawn", "lost", [-100], ["withdrawn", "lost"]],
  ["funds_reinstated", "won", [-100, 100], ["reinstated", "won"]],
  ["closed", "won", [-100], ["won"]],
  ["closed", "lost", [-100], ["lost"]],
  ["closed", "warning_closed", [], ["inquiry-closed"]],
  ["closed", "prevented", [], ["inquiry-closed"]],
  ["closed", "prevented", [-100], ["lost"]],
])("a dispute's %s event with status %s and moves %j means %j", (type, status, moved, steps) => {
  expect(stepsOf(`charge.dispute.${type}`, dispute(status, moved))).toEqual(steps);
});
