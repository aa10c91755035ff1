import { contract, plain } from "./contract.ts";

export const prepaymentResumed = contract(
  "prepayment.resumed",
  "A paused pre-payment runs again.",
  plain,
);
