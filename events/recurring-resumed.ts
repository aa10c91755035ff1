import { contract, plain } from "./contract.ts";

export const recurringResumed = contract(
  "recurring.resumed",
  "A paused recurring invoice runs again.",
  plain,
);
