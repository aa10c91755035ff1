import { contract, plain } from "./contract.ts";

export const prepaymentCompleted = contract(
  "prepayment.completed",
  "The last cycle of a pre-payment was charged.",
  plain,
);
