import { contract, plain } from "./contract.ts";

export const recurringUpdated = contract(
  "recurring.updated",
  "The terms of a recurring invoice changed.",
  plain,
);
