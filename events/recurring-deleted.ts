import { contract, plain } from "./contract.ts";

export const recurringDeleted = contract(
  "recurring.deleted",
  "A recurring invoice that had made nothing was deleted.",
  plain,
);
