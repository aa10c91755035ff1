import { contract, plain } from "./contract.ts";

export const recurringCompleted = contract(
  "recurring.completed",
  "A recurring invoice made its last occurrence.",
  plain,
);
