import { contract, plain } from "./contract.ts";

export const recurringCreated = contract(
  "recurring.created",
  "A recurring invoice was drafted.",
  plain,
);
