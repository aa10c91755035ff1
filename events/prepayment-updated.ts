import { contract, plain } from "./contract.ts";

export const prepaymentUpdated = contract(
  "prepayment.updated",
  "The terms of a pre-payment changed.",
  plain,
);
